"""Use cases of keeping an installation: copies of it, coming back from one, going on to a new version, and what is known of its health."""
