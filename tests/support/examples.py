"""How many examples a property is held to."""

from hypothesis import settings

USUAL_EXAMPLES = 40
MANY_EXAMPLES = 100


def are_many_asked() -> bool:
    """Whether this run tries more examples than usual; as tests are collected, not before."""
    return settings.default.max_examples > USUAL_EXAMPLES
