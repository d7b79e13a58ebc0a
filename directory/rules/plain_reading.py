"""Reading criteria as answers to plain questions: what each question shows of them, and which criteria that are."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from directory.rules.criteria import DOCUMENTS
from directory.rules.entries import Entries
from directory.rules.situations import SITUATIONS, codes_of
from directory.rules.standard_ages import bounds_of, span_of

Answers = dict[str, Any]
Ages = Mapping[str, float | None]
Found = tuple[Answers, tuple[str, ...]]
NOTHING: Found = ({}, ())


def years_text(years: float) -> str:
    """Years as they are typed; parts of a year in months: `18 m`."""
    if float(years).is_integer():
        return str(int(years))
    months = round(years * 12, 3)
    return f"{int(months)} m" if months.is_integer() else f"{years:g}"


def _hard(entries: Entries) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, each in entries.get("criteria", {}).items():
        if each["strength"] == "hard":
            yield key, each["when"]


def _first(entries: Entries, read: Callable[[Mapping[str, Any]], Answers]) -> Found:
    for key, when in _hard(entries):
        found = read(when)
        if found:
            return found, (key,)
    return NOTHING


def _gender(entries: Entries, _ages: Ages | None) -> Found:
    def read(when: Mapping[str, Any]) -> Answers:
        if when.get("field") != "gender" or when["op"] not in ("in", "eq"):
            return {}
        return {"gender": [when["value"]] if isinstance(when["value"], str) else sorted(when["value"])}

    return _first(entries, read)


def _span(name: str, fact: str) -> Callable[[Mapping[str, Any]], Answers]:
    def read(when: Mapping[str, Any]) -> Answers:
        value = bounds_of(when) if when.get("field") == fact else None
        return {} if value is None else {f"{name}.from": _low(value), f"{name}.to": _high(value)}

    return read


def _low(value: Mapping[str, float]) -> str:
    return years_text(value["gte"]) if value.get("gte") else ""


def _high(value: Mapping[str, float]) -> str:
    if "lte" in value:
        return years_text(value["lte"])
    if "lt" not in value:
        return ""
    return years_text(value["lt"] - 1 if float(value["lt"]).is_integer() else value["lt"])


def _age(entries: Entries, ages: Ages | None) -> Found:
    def read(when: Mapping[str, Any]) -> Answers:
        value = span_of(when)
        return {} if value is None else {"age.from": _low(value), "age.to": _high(value)}

    found, ids = _first(entries, read)
    speaks_of_age = any(test["field"] == "age" for _key, when in _hard(entries) for test in _tests(when))
    if found or speaks_of_age or ages is None:
        return found, ids
    return {f"age.{end}": "" if ages[end] is None else years_text(ages[end] or 0) for end in ("from", "to")}, ()


def _tests(when: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The comparisons of a condition that was checked."""
    for word in ("all", "any", "not"):
        if word in when:
            parts = when[word] if isinstance(when[word], list) else [when[word]]
            yield from (test for part in parts for test in _tests(part))
            return
    yield when


def _child(entries: Entries, _ages: Ages | None) -> Found:
    return _first(entries, _span("child", "child.age"))


def _area(entries: Entries, _ages: Ages | None) -> Found:
    def read(when: Mapping[str, Any]) -> Answers:
        return {"areas": list(when["value"])} if when.get("field") == "area" and when["op"] == "in" else {}

    return _first(entries, read)


def _money(entries: Entries, _ages: Ages | None) -> Found:
    def read(when: Mapping[str, Any]) -> Answers:
        if when.get("field") != "income" or when["op"] not in ("lt", "lte", "meets"):
            return {}
        value = when["value"]
        if when["op"] == "meets":
            return {"money": "words", "words": value}
        if "percent" in value:
            return {"money": "share", "percent": f"{value['percent']:g}", "of": value["of"]} if "year" not in value else {}
        return {"money": "amount", "amount": f"{value['amount']:.12g}", "currency": value["currency"], "per": value["per"]}

    return _first(entries, read)


def _situation(entries: Entries, _ages: Ages | None) -> Found:
    """One criterion of which any situation is enough, or several of one situation each, which all must hold."""
    found = {key: codes for key, when in _hard(entries) if (codes := codes_of(when))}
    several = next((key for key, codes in found.items() if len(codes) > 1), None)
    if several is not None:
        return {"situation": found[several], "enough": "any"}, (several,)
    ticked = [codes[0] for codes in found.values()]
    once = {key: codes for key, codes in found.items() if ticked.count(codes[0]) == 1}
    if not once:
        return NOTHING
    how = "all" if len(once) > 1 else "any"
    return {"situation": _in_order([codes[0] for codes in once.values()]), "enough": how}, tuple(once)


def _in_order(codes: list[str]) -> list[str]:
    return [code for code in SITUATIONS if code in codes]


READERS: Mapping[str, Callable[[Entries, Ages | None], Found]] = {
    "gender": _gender,
    "age": _age,
    "child": _child,
    "area": _area,
    "money": _money,
    "situation": _situation,
}


def read_rest(entries: Entries) -> Answers:
    """What is no criterion: whether everybody can come, what else to ask, referral, papers."""
    referral = entries.get("referral")
    papers = entries.get("documents", {})
    needed = {code: each for code, each in papers.items() if each["need"] == "required"}
    first = next(iter(needed), "")
    is_one_of = len(needed) == 1 and bool(needed[first]["or"])
    codes = [first, *needed[first]["or"]] if is_one_of else list(needed)
    return {
        "everybody": "yes" if entries.get("open_to_all") else "",
        "questions": "\n".join(each["question"] for each in entries.get("questions", {}).values()),
        "referral": "" if referral is None else "yes" if referral["required"] else "no",
        "referrers": [] if referral is None else sorted(referral["from"]),
        "papers": [code for code in DOCUMENTS if code in codes],
        "one_is_enough": "yes" if is_one_of else "",
        "helps": [code for code in DOCUMENTS if code in papers and code not in needed],
    }
