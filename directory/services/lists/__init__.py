"""Lists that are handed over, and lists that teams keep."""
