"""The same model for splink's Spark backend, past what one machine can hold: settings, prepared records and gates, each written from the
policy and the model at hand. Nothing of splink or Spark is used here; `docs/duplicates.md` says what is the same there and what is not."""
