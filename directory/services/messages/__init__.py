"""Messages that leave the house: asked for by people, sent by the worker, forgotten when they are sent."""
