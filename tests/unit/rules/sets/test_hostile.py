"""Documents that nobody means well with end in one sentence, and in nothing else."""

import copy
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.sets.check import WrongRuleSet, check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import catalogue_of
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.rules.documents import Format, read_document, write_document
from tests.support.hostile_rules import hostile

HOSTILE = tuple(hostile())


def refused(content: bytes, name: str) -> WrongRuleSet | None:
    """What was said against it; None where it passed. Anything else that is raised is a fault."""
    try:
        check_rule_set(read_document(content, name))
    except WrongRuleSet as wrong:
        return wrong
    return None


@pytest.mark.parametrize(("content", "name"), [pytest.param(content, name, id=what) for what, content, name in HOSTILE])
def test_it_is_refused_with_a_sentence(content: bytes, name: str) -> None:
    wrong = refused(content, name)
    assert wrong is not None
    for each in wrong.wrongs:
        assert each.sentence
        assert len(each.sentence) < 700
        assert str(each.path + each.sentence).isprintable(), "what is printed turns no terminal upside down"


def test_a_name_that_is_said_twice_is_named() -> None:
    assert "set" in refused(b'{"set": "a-set", "set": "b-set"}', "x.json").message  # type: ignore[union-attr]
    said = refused(b"set: a-set\nkind: suggest\nkind: flag\n", "x.yaml")
    assert said is not None
    assert (said.wrongs[0].path, said.message) == ("line 3", '"kind" is said twice in one object; keep one of them.')


PIECES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**70, 1e308, float("nan"), float("inf"), "", "x", "é", "\x00", "\ud800", "{", "{x.y}", "{candidate.name}",
    [], {}, [[]], {"": 1}, {"not": None}, {"all": []}, {"any": [{}]}, {1: 2}, (), b"x", {"field": "need.category"}, ["a"] * 300,
    "x" * 3_000,
)  # fmt: skip


def spoilt(raw: Any, random: Random) -> Any:
    """A right document with some places replaced, doubled or taken out."""
    found = copy.deepcopy(raw)
    for _time in range(random.randint(1, 4)):
        holder, keys = found, []
        while isinstance(holder, dict | list) and holder:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = random.choice(keys)
            if random.random() < 0.3 or not isinstance(holder[key], dict | list) or not holder[key]:
                change = random.random()
                if change < 0.15:
                    del holder[key]
                elif change < 0.3 and isinstance(holder, dict):
                    holder[random.choice(("field", "op", "value", "when", "all", "not", "id", "zzz"))] = holder[key]
                else:
                    holder[key] = copy.deepcopy(random.choice((*PIECES, *catalogue_of(SetKind.SUGGEST))))
                break
            holder = holder[key]
    return found


def try_spoilt(seeds: range) -> int:
    """How many were refused."""
    documents = [write_rule_set(shipped_set(kind)) for kind in SetKind]
    count = 0
    for seed in seeds:
        random = Random(seed)
        raw = spoilt(random.choice(documents), random)
        try:
            rules = check_rule_set(raw)
        except WrongRuleSet:
            count += 1
        else:
            assert check_rule_set(write_rule_set(rules)) == rules, "what passes is written and read as the same"
    return count


def test_a_spoilt_document_raises_nothing_but_what_the_checker_says() -> None:
    assert try_spoilt(range(400)) > 200


@pytest.mark.slow
def test_ten_thousand_spoilt_documents_raise_nothing_but_what_the_checker_says() -> None:
    assert try_spoilt(range(400, 10_400)) > 5_000


def try_text(seeds: range) -> None:
    """Right files with bytes replaced, taken out and put in, in every format."""
    texts = [(write_document(shipped_set(kind), form).encode(), form) for kind in SetKind for form in Format]
    for seed in seeds:
        random = Random(seed)
        content, form = random.choice(texts)
        spoilt = bytearray(content)
        for _time in range(random.randint(1, 6)):
            place = random.randrange(len(spoilt))
            spoilt[place : place + random.randint(0, 4)] = random.choice(
                (b"", b"{", b"]", b'"', b":", b"\n", b"- ", b"\xff", b"&a ", b"1e999", b"~")
            )
        refused(bytes(spoilt), "x.yaml" if form is Format.YAML else "x.json")


def test_a_spoilt_file_raises_nothing_but_what_the_reader_says() -> None:
    try_text(range(150))


@pytest.mark.slow
def test_thousands_of_spoilt_files_raise_nothing_but_what_the_reader_says() -> None:
    try_text(range(150, 5_150))


@given(st.binary(max_size=200), st.sampled_from(("x.json", "x.yaml", "")))
def test_bytes_of_any_sort_raise_nothing_but_what_the_reader_says(content: bytes, name: str) -> None:
    refused(content, name)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda parts: (
        st.lists(parts, max_size=4) | st.dictionaries(st.sampled_from(("set", "kind", "rules", "when", "all", "not", "x")), parts)
    ),
    max_leaves=20,
)


@given(JSON_VALUES)
def test_values_of_any_sort_raise_nothing_but_what_the_checker_says(raw: Any) -> None:
    with pytest.raises(WrongRuleSet):
        check_rule_set(raw)
    refused(json.dumps(raw).encode(), "x.json")
