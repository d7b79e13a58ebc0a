"""The directory on the way out: HSDS in both forms, and files for people. Only what may be shown, written in a stream."""
