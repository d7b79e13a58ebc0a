"""Speed of a worker's pages over many needs, p50 and p99 of each in milliseconds: `python -m tests.bench.board_pages DATA_DIR [ROUNDS]`.

Run it over a directory that `./run --data DATA_DIR seed --needs 100000` made; it signs in as somebody new of the team with most needs.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from directory.app import create_app
from directory.domain.people import Role
from directory.services.accounts.people import add_person
from directory.services.accounts.sign_in_link import give_sign_in_link
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.tables import Need

PAGES = (
    "/referrals?whose=mine",
    "/referrals?whose=team",
    "/referrals?whose=team&show=back",
    "/referrals?whose=team&show=late&page=20",
    "/referrals?whose=team&show=waits",
    "/referrals?whose=team&show=meetings",
)
EMAIL = "bench@example.org"
OWN = 500
"""How many open needs the worker has."""


def main(folder: Path, rounds: int) -> None:
    app = create_app(Settings(data_dir=folder, log_level="ERROR"))
    parts: Parts = app.extensions["directory"]
    with parts.database.reading() as session:
        teams = select(Need.organization_id, func.count()).group_by(Need.organization_id).order_by(func.count().desc())
        organization, needs = session.execute(teams.limit(1)).one()
        total = session.scalar(select(func.count()).select_from(Need))
        print(f"{total} needs; the largest team has {needs}")
    person = add_person(parts, EMAIL, Role.WORKER, organization_id=organization).id
    with parts.database.writing() as session:
        for need in session.scalars(select(Need).where(Need.organization_id == organization, Need.closed_at.is_(None)).limit(OWN)):
            need.worker_id = person
        session.commit()
        one = session.scalar(select(Need.id).where(Need.worker_id == person).limit(1))
    client = app.test_client()
    client.post("/sign-in", data={"link": give_sign_in_link(parts, EMAIL).token})
    for address in (*PAGES, f"/referrals/needs/{one}"):
        client.get(address)
        times = []
        for _round in range(rounds):
            begun = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, address
        times.sort()
        print(f"{times[len(times) // 2]:7.1f} ms p50 {times[int(len(times) * 0.99) - 1]:7.1f} ms p99  {address.replace(str(one), '<id>')}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
