"""Use cases of rule sets: drafts and their life, what they say of a case, what they would have changed, and who may contest them."""
