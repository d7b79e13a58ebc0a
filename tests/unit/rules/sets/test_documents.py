"""Rule sets as files: what is written is read as the same set, in each format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.sets.check import WrongRuleSet, check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.writing import write_rule_set
from directory.rules.sets.yaml_text import WrongYaml, read_yaml, write_yaml
from directory.rules.shipped import shipped_set
from directory.services.rules.documents import Format, read_document, write_document
from tests.support.rule_sets import Raw, rule_sets

NAMES = {Format.YAML: "a.yaml", Format.JSON: "a.json", Format.JSONLOGIC: "a.json"}


@given(rule_sets(), st.sampled_from(Format))
def test_a_set_that_is_written_is_read_as_the_same(raw: Raw, form: Format) -> None:
    rules = check_rule_set(raw)
    content = write_document(rules, form).encode()
    assert check_rule_set(read_document(content, NAMES[form])) == rules
    assert check_rule_set(read_document(content)) == rules, "without a name, by what it begins with"


@given(rule_sets())
def test_writing_what_was_read_changes_nothing_more(raw: Raw) -> None:
    written = write_rule_set(check_rule_set(raw))
    assert write_rule_set(check_rule_set(written)) == written


@pytest.mark.parametrize("kind", SetKind)
@pytest.mark.parametrize("form", Format)
def test_the_sets_that_ship_go_out_and_come_back(kind: SetKind, form: Format) -> None:
    rules = shipped_set(kind)
    assert check_rule_set(read_document(write_document(rules, form).encode(), NAMES[form])) == rules


@pytest.mark.parametrize("form", Format)
def test_a_set_kept_under_a_signal_s_former_name_reads_as_the_same(form: Format) -> None:
    rules = shipped_set(SetKind.SUGGEST)
    written = write_document(rules, form)
    before = written.replace("pair.category_overlap", "pair.service_overlap")
    assert before != written
    assert check_rule_set(read_document(before.encode(), NAMES[form])) == rules


def test_the_same_name_in_rules_for_pairs_is_another_measure_and_stays() -> None:
    written = write_document(shipped_set(SetKind.FLAG), Format.YAML)
    assert "pair.service_overlap" in written
    assert check_rule_set(read_document(written.encode(), "a.yaml")) == shipped_set(SetKind.FLAG)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.sampled_from([0.5, -0.25, 1e-07, 12.75])
    | st.text("abcyesnotrufl0123456789.:-+e~#'\"[]{},&*!|>%@` éñ", max_size=12),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text("abon yes1.~", min_size=1, max_size=6), parts, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(PLAIN)
def test_yaml_that_is_written_is_read_as_the_same_values(value: object) -> None:
    assert read_yaml(write_yaml(value)) == value


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("true", True), ("False", False), ("null", None),
        ("~", None),
        ("2027-01-31", "2027-01-31"), ("1:30", "1:30"), ("010", 10), ("0x10", "0x10"), ("1_000", "1_000"), ("1e3", 1000.0), (".5", 0.5),
        ("'12'", "12"), ('"true"', "true"), ("+3", 3), ("-", None), ("1.", 1.0), ("=", "="), ("<<", "<<"),
    ],
)  # fmt: skip
def test_plain_words_in_yaml_are_what_they_look_like(word: str, meant: object) -> None:
    text = f"value: {word}" if word != "-" else "value:"
    found = read_yaml(text)["value"]
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    "text", ["1e3", "1e-7", "+3", "010", "1.", ".5", "TRUE", "null", "~", "", "yes", "2027-01-31", "0x10", "- a", "a: b", "#"]
)
def test_texts_that_look_like_something_else_are_quoted(text: str) -> None:
    assert read_yaml(write_yaml({"text": text, text: [text]})) == {"text": text, text: [text]}


@pytest.mark.parametrize("text", ["[" * 40, "- " * 40 + "x", "{a: " * 40])
def test_yaml_is_read_no_deeper_than_rules_go(text: str) -> None:
    with pytest.raises(WrongYaml, match="at most 32 deep"):
        read_yaml(text)


def test_a_rule_is_turned_off_with_the_word_that_other_readers_take_for_a_truth() -> None:
    raw = read_yaml(write_document(shipped_set(SetKind.FLAG), Format.YAML).replace("- id: partners", "- id: partners\n  on: false"))
    assert [rule.id for rule in check_rule_set(raw).rules if not rule.is_on] == ["partners"]


@pytest.mark.parametrize(
    ("content", "name", "place", "said"),
    [
        (b"set: [a\n", "a.yaml", "line 2", "indentation, quotes and brackets"),
        (b"set: a\nkind: \tb: c: d", "a.yaml", "line 2", "indentation, quotes and brackets"),
        (b'{\n "set": "a",\n}', "a.json", "line 3, column 1", "commas, quotes and brackets"),
        (b"set: a\ntitle: \xe9t\xe9\n", "a.yaml", "line 2", "UTF-8"),
        (b"a: &x 1\n", "a.yaml", "line 1", "anchors"),
        (b"a: 1\nb: *x\n", "a.yaml", "line 2", "aliases"),
        (b"a: !!int 1\n", "a.yaml", "line 1", "tags"),
        (b"set: a\n---\nset: b\n", "a.yaml", "line 2", "one rule set"),
        (b'{"conditions": "cel", "rules": []}', "a.json", "conditions", "jsonlogic"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content: bytes, name: str, place: str, said: str) -> None:
    with pytest.raises(WrongRuleSet) as wrong:
        read_document(content, name)
    assert wrong.value.wrongs[0].path == place
    assert said in wrong.value.message


def test_programs_send_json_and_no_yaml() -> None:
    content = write_document(shipped_set(SetKind.FLAG), Format.YAML).encode()
    with pytest.raises(WrongRuleSet, match="JSON"):
        read_document(content, "a.yaml", may_be_yaml=False)


def test_json_may_be_longer_than_yaml() -> None:
    content = write_document(shipped_set(SetKind.FLAG), Format.JSON).encode() + b" " * 100_000
    assert check_rule_set(read_document(content, "a.json")) == shipped_set(SetKind.FLAG)
    with pytest.raises(WrongRuleSet, match="64 kB"):
        read_document(content, "a.yaml")


def test_a_mark_of_the_byte_order_and_letters_in_two_pieces_are_read() -> None:
    assert read_document("\ufefftitle: e\u0301te\u0301".encode(), "a.yaml") == {"title": "été"}
