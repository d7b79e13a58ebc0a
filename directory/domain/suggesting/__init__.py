"""What partner suggestions rest on that is no event: needs that go together, and how figures of few cases are drawn in."""
