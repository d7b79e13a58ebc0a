"""Use cases of keeping listings true: what is due, who looked, what holds today, whom to ask, whom to call."""
