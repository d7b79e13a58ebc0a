"""The sentence that a rule makes: what decides about a program is read by whoever it is decided about."""

from datetime import date
from typing import Any

import pytest
from babel import Locale

from directory.rules.catalogue import Kind
from directory.rules.conditions import check_condition
from directory.rules.naming import Names
from directory.rules.sets import signal_words, then_words
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import Text
from directory.rules.sets.signals import NAMES, catalogue_of
from directory.rules.sets.wording import condition_words, filled_text, sentence_of, text_with_labels
from directory.rules.shipped import shipped_set
from directory.services.words import translate_into

LANGUAGES = {code: Names(Locale.parse(code)) for code in ("en", "fr", "es")}
ENGLISH = LANGUAGES["en"]
RULES = [(kind, rule) for kind in SetKind for rule in shipped_set(kind).rules]


def said(when: dict[str, Any], kind: SetKind = SetKind.SUGGEST, language: str = "en") -> str:
    return condition_words(check_condition(when, catalogue_of(kind)), kind, translate_into(language), LANGUAGES[language])


def test(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


test.__test__ = False  # type: ignore[attr-defined]  # a comparison, no test


def one_rule(kind: str, then: dict[str, Any], when: dict[str, Any], **more: Any) -> str:
    caps = {"caps": {"trust": 20}} if "points" in then and "caution" not in then else {}
    family = {"family": "trust"} if caps else {}
    rules = check_rule_set(
        {"set": "x1", "kind": kind, "title": "T", **caps, "rules": [{"id": "r1", "when": when, "then": then, **family, **more}]}
    )
    return sentence_of(rules.rules[0], rules.kind, translate_into("en"), ENGLISH)


def test_a_rule_says_what_it_gives_when_and_what_if_it_is_not_known() -> None:
    when = {"all": [test("agreement.status", "eq", "active"), test("agreement.days_left", "gt", 0)]}
    assert one_rule("suggest", {"points": 14, "reason": "R"}, when) == (
        "14 points for the program when the agreement between the two holds and more than 0 days are left until the agreement is looked "
        "at again. If that is not known, nothing comes of it."
    )


SENTENCES = {
    "1 point for the program when it costs nothing.": (
        "suggest", {"points": 1, "reason": "R"}, test("candidate.is_free", "is", True),
    ),
    "A caution about the program, and 5 points less, when it is more than 20 km away.": (
        "suggest", {"caution": "C", "points": -5}, test("access.metres", "gt", 20_000),
    ),
    "A caution about the program when the program has a waiting list or is full.": (
        "suggest", {"caution": "C"}, test("candidate.room", "in", ["waitlist", "no-capacity"]),
    ),
    "The receiver has 4 open hours when the referral stands at “sent”.": (
        "route", {"term": "4h", "reason": "R"}, test("referral.state", "eq", "sent"),
    ),
    "At half of the time, whoever is waited for is reminded when the referral is urgent.": (
        "route", {"action": "remind", "at": 0.5, "reason": "R"}, test("referral.urgency", "eq", "urgent"),
    ),
    "The listing is due 90 days after it was verified when a wrong word in it may cost a night or a life.": (
        "quality", {"look_again_after_days": 90, "reason": "R"}, test("listing.risk", "eq", "crisis"),
    ),
    "The listing is flagged for its organization to put right (weight: high) when its hours are not known.": (
        "quality", {"flag": "no_hours", "severity": "high", "way_out": "W", "reason": "R"}, test("listing.has_hours", "is", False),
    ),
}  # fmt: skip


@pytest.mark.parametrize("beginning", SENTENCES)
def test_each_kind_of_rule_has_its_sentence(beginning: str) -> None:
    assert one_rule(*SENTENCES[beginning]).startswith(beginning)


def test_what_happens_when_it_is_not_known_is_said() -> None:
    told = one_rule("suggest", {"points": 2, "reason": "R"}, test("candidate.is_free", "is", True), if_unknown="send_to_review")
    assert told.endswith("If that is not known, a person decides.")


def test_shares_distances_and_spans_stand_with_their_units() -> None:
    assert said(test("pair.category_overlap", "gte", 0.6)) == "at least 60% of their categories are the same"
    assert said(test("access.metres", "lte", 800)) == "it is at most 800 metres away"
    assert (
        said({"all": [test("access.metres", "gte", 1500), test("access.metres", "lt", 4000)]})
        == "it is at least 1.5 km and less than 4 km away"
    )
    assert (
        said(test("answers.working_days", "range", {"gte": 1, "lte": 3}))
        == "it usually answers in between 1 working day and 3 working days"
    )
    assert said(test("agreement.days_left", "gt", 0), language="fr") == "il reste plus de 0 jour avant que l'entente soit à revoir"


def test_opposites_are_said_as_opposites() -> None:
    assert said({"not": test("listing.has_phone", "is", True)}, SetKind.QUALITY) == "it has no phone number"
    assert said({"not": {"not": test("candidate.is_free", "is", True)}}) == "it costs nothing"
    assert said(test("need.category", "ne", "food")) == "it is not so that the need is Food"
    assert said({"field": "candidate.room", "op": "is_unknown"}) == "“its room” is not known"


def test_conditions_nested_six_deep_keep_their_groups_apart() -> None:
    free, near = test("candidate.is_free", "is", True), test("access.is_remote", "is", True)
    inner: dict[str, Any] = free
    for depth in range(5):
        inner = {"any" if depth % 2 else "all": [inner, near]}
    remote = "it helps by phone or online"
    assert said(inner) == f"((((it costs nothing and {remote}) or {remote}) and {remote}) or {remote}) and {remote}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda each: getattr(each, "id", None))
def test_every_rule_that_ships_reads_in_every_language(kind: SetKind, rule: Any, language: str) -> None:
    told = sentence_of(rule, kind, translate_into(language), LANGUAGES[language])
    assert told.endswith(".")
    assert not any(mark in told for mark in ("%(", "{"))
    names = {test.field for test in _fields(rule.when)}
    assert not any(name in told for name in names), "signals are said in words, not by their names"


def _fields(condition: Any) -> list[Any]:
    from directory.rules.conditions import comparisons_in

    return list(comparisons_in(condition))


@pytest.mark.parametrize("kind", SetKind)
def test_every_signal_has_words_with_every_comparison(kind: SetKind) -> None:
    catalogue = catalogue_of(kind)
    for name, field in catalogue.items():
        value = {Kind.NUMBER: 1, Kind.YES_NO: True, Kind.DATE: "2026-11-20"}.get(field.kind) or next(iter(field.choices), "food")
        for op in catalogue.ops(field.kind):
            given = (
                {"gte": 0, "lte": 1} if op == "range" else [value] if op in ("in", "not_in", "has_any", "has_all", "has_none") else value
            )
            when = {"field": name, "op": op.value, **({} if op.value.startswith("is_") else {"value": given})}
            told = said(when, kind)
            assert told
            assert not any(mark in told for mark in ("%(", name))


def test_words_are_kept_for_signals_and_names_that_there_are() -> None:
    known = {name for kind in SetKind for name in catalogue_of(kind)}
    assert {*signal_words.AMOUNTS, *signal_words.VALUES, *signal_words.NOT_SO, *(name for name, _value in signal_words.WHOLE)} <= known
    assert {name for kind in SetKind for name in NAMES[kind]} == set(then_words.NAME_WORDS)


def test_a_reason_is_filled_with_values_in_the_readers_language() -> None:
    text = Text(
        {
            "en": "{candidate.name}: {access.metres|km} away, {history.helped_share} helped, {answers.working_days}",
            "fr": "{candidate.name} à {access.metres|km}",
        }
    )
    signals = {"access.metres": 1430.0, "history.helped_share": 0.624}
    called = {"candidate.name": "Maple House"}
    english = filled_text(text, signals, called, SetKind.SUGGEST, translate_into("en"), ENGLISH)
    assert english == "Maple House: 1.4 km away, 62% helped, not known"
    assert filled_text(text, signals, called, SetKind.SUGGEST, translate_into("fr"), LANGUAGES["fr"]) == "Maple House à 1,4 km"
    assert (
        text_with_labels(text, SetKind.SUGGEST, translate_into("en"), ENGLISH)
        == "[the program]: … km away, …\N{NO-BREAK SPACE}% helped, … working days"
    )


def test_a_day_is_written_as_the_language_writes_days() -> None:
    from directory.rules.catalogue import Field
    from directory.rules.sets.wording import _Saying

    field = Field("x.day", Kind.DATE, "the day")
    assert _Saying(SetKind.SUGGEST, translate_into("fr"), LANGUAGES["fr"]).value(field, date(2026, 11, 20)) == "20 novembre 2026"
