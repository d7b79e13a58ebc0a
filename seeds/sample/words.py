"""The words the sample community is made of, read from `words/`: what is offered, by whom, and sentences that many share.

Texts come in pairs, English and French; `EN` and `FR` are the places in a pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Pair = tuple[str, str]
EN, FR = 0, 1
LANGUAGES = ("en", "fr")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a service is for, in words, with the ages that the words state."""

    key: str
    text: Pair
    minimum_age: int | None = None
    maximum_age: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that organizations offer, with the ways it is named, told and run. `hours` and `intake` name patterns of `hours.py`."""

    category: str
    names: tuple[Pair, ...]
    what: tuple[Pair, ...]
    more: tuple[Pair, ...]
    audiences: tuple[Audience, ...]
    hours: tuple[str, ...]
    ways: tuple[str, ...] = ()
    documents: tuple[Pair, ...] = ()
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
        intake=row.get("intake", ""),
        remote=tuple(row.get("remote", ())),
        room=_pair(row.get("room")),
        shares=_pairs(shared["shares"][key] for key in row.get("shares", ())),
        cost=row.get("cost", ""),
        fee=_pair(row.get("fee")),
        spanish=_pair(row.get("es")),
    )


def _audience(key: str, row: Mapping[str, Any]) -> Audience:
    return Audience(key, (row["text"][EN], row["text"][FR]), row.get("min"), row.get("max"))


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
    """Services under one text for different people: name, whom it is for, least and most age."""

    category: str
    text: str
    services: tuple[tuple[str, str, int | None, int | None], ...]


@cache
def twins() -> tuple[Twins, ...]:
    return tuple(
        Twins(row["category"], row["text"], tuple((name, whom, least, most) for name, whom, least, most in row["services"]))
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
