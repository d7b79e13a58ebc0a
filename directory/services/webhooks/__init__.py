"""Telling others over the network that listings changed: who wants to hear, what happened, and bringing it there."""
