"""Partners to introduce a person to next: who comes into question, what speaks against it, what for it, and why."""
