"""Editing listings: reading one as a form, publishing what was edited, its history, bringing an earlier state back."""
