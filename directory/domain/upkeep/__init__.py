"""Keeping listings true: when somebody should look again, what they found, what holds for today only, and how often we ask."""
