"""Whole copies of a database: every row of every table, in a form that is the same on SQLite and PostgreSQL."""
