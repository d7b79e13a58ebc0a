"""How many people live where: a planner's table, read row by row. Every bad row is told with its line, and the others are kept."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.planning.access import Populated
from directory.domain.sentences import Sentence, say
from directory.services.area_tree import area_tree
from directory.services.parts import Parts
from directory.store.tables import Area, AreaPopulation

COLUMNS = ("area", "people", "year", "source", "group")
MOST_BYTES = 5_000_000
MOST_PEOPLE = 2_000_000_000
MOST_DIGITS = 12
LONGEST_SOURCE, LONGEST_GROUP = 200, 60


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
    good, bad = _read(text)
    with parts.database.writing() as session:
        known = set(session.scalars(select(Area.id)))
        for each in good:
            session.merge(each)
        session.commit()
    unplaced = sorted({each.area_id for each in good} - known)
    return Loaded(len(good), tuple(unplaced), tuple(bad))


def _read(text: str) -> tuple[list[AreaPopulation], list[BadRow]]:
    """Raise `InvalidInput`."""
    reader = csv.DictReader(io.StringIO(text))
    bad: list[BadRow] = []
    lines: dict[tuple[str, str], int] = {}
    good: list[AreaPopulation] = []
    try:
        missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise InvalidInput("file", say("The table lacks the column %(name)s. It has area, people, year and source.", name=missing[0]))
        for row in reader:
            found = _row(row)
            if isinstance(found, AreaPopulation):
                key = (found.area_id, found.group)
                if key not in lines:
                    lines[key] = reader.line_num
                    good.append(found)
                    continue
                found = say("%(area)s stands in line %(line)s already, for the same group.", area=found.area_id, line=lines[key])
            bad.append(BadRow(reader.line_num, found))
    except csv.Error:
        raise InvalidInput("file", say("The table cannot be read from line %(line)s on.", line=reader.line_num + 1)) from None
    return good, bad


def _row(row: Mapping[str | None, Any]) -> AreaPopulation | Sentence:
    if row.get(None):
        return say('The row holds more than the table has columns, from "%(more)s" on.', more=str(row[None][0])[:60])
    area, people, year, source, group = ((row.get(name) or "").strip() for name in COLUMNS)
    if not area or len(area) > 120 or area != area.lower() or not area.replace("-", "").isalnum():
        return say('"%(area)s" is no id of an area; write one such as ca-on-ottawa.', area=area[:60])
    if not people.isdecimal() or len(people) > MOST_DIGITS or int(people) > MOST_PEOPLE:
        return say('people is a whole number; "%(people)s" is none.', people=people[:40])
    if not year.isdecimal() or len(year) > MOST_DIGITS or not 1900 <= int(year) <= 2200:
        return say('year is a year such as 2021; "%(year)s" is none.', year=year[:40])
    if not source or len(source) > LONGEST_SOURCE or not source.isprintable():
        return say("source says where the number comes from, in at most %(most)s letters of one line.", most=LONGEST_SOURCE)
    if len(group) > LONGEST_GROUP or not group.isprintable():
        return say("group is a name of at most %(most)s letters of one line, or empty.", most=LONGEST_GROUP)
    return AreaPopulation(area_id=area, group=group, people=int(people), year=int(year), source=source)


def populated(session: Session, group: str = "") -> list[Populated]:
    """Areas with people and a middle: all people ("") or those of a group. The finest that are known, none that holds another, so that
    nobody is counted twice."""
    columns = (AreaPopulation.area_id, AreaPopulation.people, Area.latitude, Area.longitude)
    asked = select(*columns).join(Area, Area.id == AreaPopulation.area_id).where(AreaPopulation.group == group)
    rows = session.execute(asked.order_by(AreaPopulation.area_id))
    found = [Populated(area, people, north, east) for area, people, north, east in rows if north is not None and east is not None]
    tree = area_tree(session)
    holders = {whole for each in found for whole in tree.wholes(each.id)}
    return [each for each in found if each.id not in holders]


def groups_of(session: Session) -> tuple[str, ...]:
    """The groups of people of whom numbers are kept."""
    asked = select(AreaPopulation.group).where(AreaPopulation.group != "").distinct().order_by(AreaPopulation.group)
    return tuple(session.scalars(asked))


def sources_of(session: Session, group: str) -> tuple[str, ...]:
    """Where the numbers come from, with their years: "Census 2021 (2021)"."""
    asked = select(AreaPopulation.source, AreaPopulation.year).where(AreaPopulation.group == group).distinct()
    return tuple(f"{source} ({year})" for source, year in session.execute(asked.order_by(AreaPopulation.year, AreaPopulation.source)))
