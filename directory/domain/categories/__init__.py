"""The directory's own small taxonomy: stable slugs over all sectors, with names and synonyms in English, French and Spanish."""
