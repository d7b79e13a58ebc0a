"""What `directory doctor` looks at, by subject."""
