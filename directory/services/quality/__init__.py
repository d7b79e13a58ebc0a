"""Use cases of quality: what each listing tells of itself, what of it is to be put right and by whom, and whether its links work."""
