"""Use cases of overlapping offerings: find the pairs, keep them in step with the listings, and let planners and organizations read them."""
