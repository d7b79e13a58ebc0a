"""How long suggestions take over a directory that is there: `python -m tests.bench.partners --data DIR [--needs N]`.

Needs are made up in the first organization, in areas and of categories that the directory has, and thrown away; the directory is best a
copy. Prints the first answer of the process, then median and 95th percentile, with how many candidates each had.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from sqlalchemy import delete, func, select

from directory.app import build_parts
from directory.services.parts import Parts
from directory.services.suggesting.suggest import look_at_need, suggest_for_listing
from directory.services.suggesting.suggested import Suggested
from directory.settings import read_settings
from directory.store.tables import HelpedPerson, Need, Organization, Service, ServiceArea, ServiceCategory


def made_needs(parts: Parts, count: int) -> list[str]:
    """Ids of needs of many kinds."""
    with parts.database.writing() as session:
        house = session.scalars(select(Organization.id).order_by(Organization.id).limit(1)).one()
        counted = select(ServiceCategory.category).group_by(ServiceCategory.category).order_by(func.count().desc())
        kinds = session.scalars(counted.limit(40)).all()
        named = select(ServiceArea.area_id).where(ServiceArea.area_id.like("__-__-%")).distinct()
        areas = session.scalars(named.order_by(ServiceArea.area_id)).all()
        drawn, ids = random.Random(7), []
        for number in range(count):
            person = HelpedPerson(organization_id=house, channel="none", made_at=parts.clock.now(), language="fr")
            session.add(person)
            session.flush()
            need = Need(
                code=f"BE{number:07d}", person_id=person.id, organization_id=house, category=drawn.choice(kinds),
                area_id=drawn.choice(areas),
                urgency="routine", facts=json.dumps({"age": drawn.randint(16, 80)}), made_at=parts.clock.now(),
            )  # fmt: skip
            session.add(need)
            session.flush()
            ids.append(need.id)
        session.commit()
        return ids


def measured(name: str, ids: Sequence[str], ask: Callable[[str], Suggested]) -> None:
    """Wall time, and beside it the time that this process computed: on a busy machine the two lie apart."""
    wall, computed, candidates = [], [], []
    for each in ids:
        start, start_computing = time.perf_counter(), time.process_time()
        candidates.append(ask(each).considered)
        wall.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - start_computing) * 1000)
    for what, took in (("wall", wall), ("computing", computed)):
        later = took[1:]
        print(f"{name}, {what}: first {took[0]:.0f} ms, then median {median(later):.0f} ms, p95 {quantiles(later, n=20)[-1]:.0f} ms")
    print(f"{name}: {median(candidates):.0f} candidates at the median, {max(candidates)} at most; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", required=True)
    asked.add_argument("--needs", type=int, default=100)
    given = asked.parse_args()
    os.environ["DATA_DIR"] = given.data
    parts = build_parts(read_settings(), name="bench")
    with parts.database.reading() as session:
        print(session.scalar(select(func.count()).select_from(Service)), "services")
    needs = made_needs(parts, given.needs)
    measured("needs, each for the first time", needs, lambda each: look_at_need(parts, each))
    measured("the same again", needs, lambda each: look_at_need(parts, each))
    with parts.database.reading() as session:
        ids = session.scalars(select(Service.id).order_by(Service.id).limit(given.needs * 50)).all()[::50]
    measured("listings", ids, lambda each: suggest_for_listing(parts, each))
    measured("the same listings again", ids, lambda each: suggest_for_listing(parts, each))
    with parts.database.writing() as session:
        people = session.scalars(select(Need.person_id).where(Need.id.in_(needs))).all()
        session.execute(delete(Need).where(Need.id.in_(needs)))
        session.execute(delete(HelpedPerson).where(HelpedPerson.id.in_(people)))
        session.commit()


if __name__ == "__main__":
    main()
