"""Ask around: one question, naming nobody, to a few organizations of different sectors; their answers side by side; all gone in a month."""
