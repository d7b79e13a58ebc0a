"""A criterion in words."""

from directory.rules.conditions import written
from directory.rules.criteria import Criterion


def words_of(criterion: Criterion) -> str:
    return criterion.words or str(written(criterion.when))
