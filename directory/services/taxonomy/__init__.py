"""Use cases of the taxonomy: looking a category up, checking the whole, and what imported terms mean."""
