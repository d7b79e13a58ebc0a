"""Which value of each field stays where two records become one."""

from typing import Any

import pytest

from directory.domain.editing.surviving import Side, survived, surviving


def _line(number: str, *, secret: bool) -> dict[str, Any]:
    return {"id": number, "number": number, "extension": "", "confidential": secret}


@pytest.mark.parametrize("kept_is_secret", [True, False])
def test_a_telephone_that_either_calls_secret_stays_secret(kept_is_secret: bool) -> None:
    kept = Side({"phones": [_line("613-555-0101", secret=kept_is_secret), _line("613-555-0102", secret=False)]})
    retired = Side({"phones": [_line("(613) 555-0101", secret=not kept_is_secret)]})
    values = survived(surviving(kept, retired, "organization"))
    lines = values.get("phones", kept.form["phones"])
    assert [(line["number"], line["confidential"]) for line in lines] == [("613-555-0101", True), ("613-555-0102", False)]
