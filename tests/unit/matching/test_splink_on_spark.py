"""What is written for splink's Spark backend runs there, and says of pairs what we say of them."""

from pathlib import Path

import pytest

from directory.rules.matching.facts import IdentityLevel
from directory.services.matching.export_splink import write_for_splink
from tests.bench.duplicates_generated import generated
from tests.bench.duplicates_spark import agreement, here, run_spark, why_not


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=f"Spark is not run: {why_not()}")
def test_spark_finds_the_certain_pairs_that_we_find(tmp_path: Path) -> None:
    records = list(generated(300, 3))
    write_for_splink(records, IdentityLevel.SITE, tmp_path, lambda _what, _count: None)
    _seconds, _compared, ours = here(records, IdentityLevel.SITE)
    took, theirs = run_spark(tmp_path, memory="1g")
    found = agreement(ours, theirs)
    assert found.certain_here == found.certain_there == found.both == took["certain"] > 20
    assert found.apart[0] < 0.01
