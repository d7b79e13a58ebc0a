"""The editor of a listing: what a posted form says, and what the page shows of it."""
