"""What a set says of itself, in a form: its title in each language, the days on which it may hold, and the most points of each family."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import LANGUAGES
from directory.rules.sets.rule import RuleSet
from directory.web.models.rule_cards import family_words
from directory.web.models.rule_form import as_id

FREE_ROWS = 1


@dataclass(frozen=True, slots=True)
class SetForm:
    """`caps`: number of the row, name of the family, what it is called, most points."""

    titles: tuple[tuple[str, str], ...]
    starts: str
    ends: str
    caps: tuple[tuple[int, str, str, str], ...]
    has_families: bool


def set_form(rules: RuleSet) -> SetForm:
    told, named = rules.title.told, family_words()
    titles = tuple((language, told.get(language, told.get("", "") if language == "en" else "")) for language in LANGUAGES)
    caps = [(number, family, named.get(family, ""), str(cap)) for number, (family, cap) in enumerate(rules.caps.items())]
    free = [(len(caps) + number, "", "", "") for number in range(FREE_ROWS)]
    return SetForm(
        titles=titles,
        starts=rules.starts_on.isoformat() if rules.starts_on else "",
        ends=rules.ends_on.isoformat() if rules.ends_on else "",
        caps=(*caps, *free),
        has_families=rules.kind is SetKind.SUGGEST,
    )


def posted_set(posted: MultiDict[str, str]) -> Mapping[str, Any]:
    """The parts of a document that were told; not yet checked. A family without a name is left out."""
    titles = {language: told for language in LANGUAGES if (told := posted.get(f"title.{language}", "").strip())}
    days = {name: posted.get(name, "").strip() or None for name in ("from", "until")}
    found: dict[str, Any] = {"title": titles or "", "effective": days}
    if "cap.0.name" in posted:
        found["caps"] = {
            name: int(cap) if cap.isdecimal() and len(cap) < 6 else cap
            for number in range(30)
            if (name := as_id(posted.get(f"cap.{number}.name", ""))) and (cap := posted.get(f"cap.{number}.most", "").strip()) is not None
        }
    return found
