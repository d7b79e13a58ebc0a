"""Writing what was staged: in transactions of bounded size, each with its history and with word to every index."""
