"""How many people live where: a planner's table, read row by row. Every bad row is told with its line, and the others are kept."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.planning.access import Populated
from directory.domain.sentences import Sentence, say
from directory.services.parts import Parts
from directory.store.tables import Area, AreaPopulation

COLUMNS = ("area", "people", "year", "source", "group")
MOST_BYTES = 5_000_000
MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """`kept` rows, the areas among them whose middle nobody knows (`unplaced`: left out of figures of reach), and what was wrong."""

    kept: int
    unplaced: tuple[str, ...]
    bad: tuple[BadRow, ...]


def load_population(parts: Parts, content: bytes) -> Loaded:
    """A CSV with `area` (an id such as ca-on-ottawa), `people`, `year`, `source`, and, where wanted, `group`. Raise `InvalidInput` where it
    is no such table at all."""
    if len(content) > MOST_BYTES:
        raise InvalidInput("file", say("The table is larger than %(most)s megabytes.", most=MOST_BYTES // 1_000_000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("file", say("Save the table as UTF-8 text (CSV).")) from None
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidInput("file", say("The table lacks the column %(name)s. It has area, people, year and source.", name=missing[0]))
    good: dict[tuple[str, str], AreaPopulation] = {}
    bad: list[BadRow] = []
    with parts.database.writing() as session:
        known = set(session.scalars(select(Area.id)))
        for row in reader:
            found = _row(row)
            if isinstance(found, AreaPopulation):
                good[found.area_id, found.group] = found
            else:
                bad.append(BadRow(reader.line_num, found))
        for each in good.values():
            session.merge(each)
        session.commit()
    unplaced = sorted({area for area, _group in good} - known)
    return Loaded(len(good), tuple(unplaced), tuple(bad))


def _row(row: Mapping[str, str | None]) -> AreaPopulation | Sentence:
    area, people, year = ((row.get(name) or "").strip() for name in ("area", "people", "year"))
    if not area or len(area) > 120 or area != area.lower() or not area.replace("-", "").isalnum():
        return say('"%(area)s" is no id of an area; write one such as ca-on-ottawa.', area=area[:60])
    if not people.isdecimal() or int(people) > MOST_PEOPLE:
        return say('people is a whole number; "%(people)s" is none.', people=people[:40])
    if not year.isdecimal() or not 1900 <= int(year) <= 2200:
        return say('year is a year such as 2021; "%(year)s" is none.', year=year[:40])
    source, group = ((row.get(name) or "").strip() for name in ("source", "group"))
    return AreaPopulation(area_id=area, group=group[:60], people=int(people), year=int(year), source=source[:200])


def populated(session: Session, group: str = "") -> Iterator[Populated]:
    """Areas with people and a middle: all people ("") or those of a group."""
    columns = (AreaPopulation.area_id, AreaPopulation.people, Area.latitude, Area.longitude)
    asked = select(*columns).join(Area, Area.id == AreaPopulation.area_id).where(AreaPopulation.group == group)
    for area_id, people, latitude, longitude in session.execute(asked.order_by(AreaPopulation.area_id)):
        if latitude is not None and longitude is not None:
            yield Populated(area_id, people, latitude, longitude)


def groups_of(session: Session) -> tuple[str, ...]:
    """The groups of people of whom numbers are kept."""
    asked = select(AreaPopulation.group).where(AreaPopulation.group != "").distinct().order_by(AreaPopulation.group)
    return tuple(session.scalars(asked))


def sources_of(session: Session, group: str) -> tuple[str, ...]:
    """Where the numbers come from, with their years: "Census 2021 (2021)"."""
    asked = select(AreaPopulation.source, AreaPopulation.year).where(AreaPopulation.group == group).distinct()
    return tuple(f"{source} ({year})" for source, year in session.execute(asked.order_by(AreaPopulation.year, AreaPopulation.source)))
