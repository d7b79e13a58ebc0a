"""Use cases of accounts: the operator's way in and out."""
