"""The words the sample community is made of, read from `words/`: what is offered, by whom, and sentences that many share.

Texts come in pairs, English and French; `EN` and `FR` are the places in a pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Pair = tuple[str, str]
Form = Mapping[str, Any]
"""Whom something is for, as data with gaps for the place it is in (`words/whom.yaml`, `whom.py`)."""

EN, FR = 0, 1
LANGUAGES = ("en", "fr")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a service is for, in words, with the ages that the words state. `forms`: the same as data; a service has one of them."""

    key: str
    text: Pair
    minimum_age: int | None = None
    maximum_age: int | None = None
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Besides:
    """What is asked besides, in words and as data. `is_excepting`: what else is asked is not always held to."""

    text: Pair
    form: Form
    is_excepting: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that organizations offer, with the ways it is named, told and run. `hours` and `intake` name patterns of `hours.py`.

    `documents` are words, `papers` what they are as data; `form`: what its description says of whom it is for, besides the audience."""

    category: str
    names: tuple[Pair, ...]
    what: tuple[Pair, ...]
    more: tuple[Pair, ...]
    audiences: tuple[Audience, ...]
    hours: tuple[str, ...]
    ways: tuple[str, ...] = ()
    documents: tuple[Pair, ...] = ()
    papers: tuple[str, ...] = ()
    form: Form = field(default_factory=dict)
    intake: str = ""
    remote: tuple[str, ...] = ()
    room: Pair | None = None
    shares: tuple[Pair, ...] = ()
    cost: str = "free"
    fee: Pair | None = None
    spanish: Pair | None = None  # name and description


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organization: how many, how named, what it offers. `in_order`: each name is used once, in the order given."""

    kind: str
    sector: str
    count: int
    names: tuple[Pair, ...]
    offers: tuple[str, ...]
    services: tuple[int, int]
    sites: tuple[int, int]
    french: float
    about: Pair
    confidential: bool = False
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Common:
    """Sentences that many services share."""

    ways: Mapping[str, tuple[Pair, ...]]
    closers: tuple[Pair, ...]
    access: tuple[Mapping[str, str], ...]
    directions: tuple[Pair, ...]
    hours_words: tuple[Pair, ...]
    languages: Mapping[str, str]
    name_words: Mapping[str, tuple[Pair, ...]]


def _pairs(values: Any) -> tuple[Pair, ...]:
    return tuple((english, french) for english, french in values or ())


def _pair(values: Any) -> Pair | None:
    return (values[0], values[1]) if values else None


@cache
def _read(name: str) -> Any:
    return yaml.load((files(__package__) / "words" / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader


@cache
def offers() -> Mapping[str, Offer]:
    """Every offer by its category."""
    names = sorted(entry.name for entry in (files(__package__) / "words" / "offers").iterdir() if entry.name.endswith(".yaml"))
    return {row["category"]: _offer(row) for name in names for row in _read(f"offers/{name}")}


def _offer(row: Mapping[str, Any]) -> Offer:
    shared = _read("common.yaml")
    return Offer(
        category=row["category"],
        names=_pairs(row["names"]),
        what=_pairs(row["what"]),
        more=_pairs(row["more"]),
        audiences=tuple(_audience(key, shared["who"][key]) for key in row["who"]),
        hours=tuple(row["hours"]),
        ways=tuple(row.get("ways", ())),
        documents=_pairs(shared["documents"][key] for key in row.get("documents", ())),
        papers=tuple(row.get("documents", ())),
        form=_read("whom.yaml")["offers"].get(row["category"], {}),
        intake=row.get("intake", ""),
        remote=tuple(row.get("remote", ())),
        room=_pair(row.get("room")),
        shares=_pairs(shared["shares"][key] for key in row.get("shares", ())),
        cost=row.get("cost", ""),
        fee=_pair(row.get("fee")),
        spanish=_pair(row.get("es")),
    )


def _audience(key: str, row: Mapping[str, Any]) -> Audience:
    forms = tuple(_read("whom.yaml")["who"][key])
    return Audience(key, (row["text"][EN], row["text"][FR]), row.get("min"), row.get("max"), forms)


@cache
def besides() -> tuple[Besides, ...]:
    return tuple(Besides((row["text"][EN], row["text"][FR]), row, row.get("excepting", False)) for row in _read("whom.yaml")["besides"])


@cache
def papers() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The words for documents by their key -> the documents as criteria name them."""
    return {key: tuple(rows) for key, rows in _read("whom.yaml")["papers"].items()}


@cache
def shares() -> Mapping[str, str]:
    """Sentences on whom a program tells, in either language -> their key."""
    return {text: key for key, texts in _read("common.yaml")["shares"].items() for text in texts}


@cache
def referrers() -> tuple[str, ...]:
    return tuple(_read("whom.yaml")["referrers"])


@cache
def kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            kind=row["kind"],
            sector=row["sector"],
            count=row["count"],
            names=_pairs(row["names"]),
            offers=tuple(row["offers"]),
            services=(row["services"][0], row["services"][1]),
            sites=(row["sites"][0], row["sites"][1]),
            french=row["french"],
            about=(row["about"][EN], row["about"][FR]),
            confidential=row.get("confidential", False),
            in_order=row.get("in_order", False),
        )
        for row in _read("organizations.yaml")["kinds"]
    )


@dataclass(frozen=True, slots=True)
class Twins:
    """Services under one text for different people: the name of each, and whom it is for."""

    category: str
    text: str
    services: tuple[tuple[str, Audience], ...]


@cache
def twins() -> tuple[Twins, ...]:
    return tuple(
        Twins(
            row["category"],
            row["text"],
            tuple((name, Audience("twin", (whom, whom), least, most, (form,))) for name, whom, least, most, form in row["services"]),
        )
        for row in _read("twins.yaml")
    )


@cache
def common() -> Common:
    shared = _read("common.yaml")
    name_words = _read("organizations.yaml")["words"]
    return Common(
        ways={key: _pairs(texts) for key, texts in shared["ways"].items()},
        closers=_pairs(shared["closers"]),
        access=tuple(shared["access"]),
        directions=_pairs(shared["directions"]),
        hours_words=_pairs(shared["hours_words"]),
        languages=dict(shared["languages"]),
        name_words={key: tuple(zip(words["en"], words["fr"], strict=True)) for key, words in name_words.items()},
    )
