"""Does a text name somebody? A best effort that says what it found, for texts that must not: it sees what has a form (numbers, addresses,
dates, titles) and what is written like a name, and it misses the rest. Whoever writes is asked to look for themselves."""
