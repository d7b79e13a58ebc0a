"""Use cases of accounts: who has one, what they are, how they come in and leave."""
