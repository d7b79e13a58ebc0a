"""Editing a listing: a form of typed fields, what differs between two forms, how two people's changes come together, whose word counts."""
