"""Which records are the same thing twice: normalising, blocking, comparing, weighing, grouping. Pure; docs/duplicates.md is its page."""
