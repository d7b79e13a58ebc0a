"""Use cases for records that may be one: comparing them, judging pairs, merging with a way back."""
