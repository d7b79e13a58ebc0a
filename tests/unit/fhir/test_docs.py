"""The page on FHIR says what the mapping does."""

from directory.services.exchange.fhir.reasons import BUSINESS_WORDS, REASON_WORDS
from directory.services.exchange.fhir.tables import reason_table, status_table
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "fhir.md"


def test_the_tables_are_those_that_the_mapping_makes():
    for made in (status_table, reason_table):
        assert made() in PAGE.read_text(encoding="utf-8"), f"Write into docs/fhir.md what {made.__module__}.{made.__name__} gives."


def test_every_code_is_on_the_page():
    words = PAGE.read_text(encoding="utf-8")
    assert [code for code in (*BUSINESS_WORDS, *REASON_WORDS) if f"`{code}`" not in words] == []
