"""What can go wrong, one function a kind: it makes changes, breaks something at a random point of time, and brings it back."""

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import requests
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.parked import ask_for_rebuild, requeue
from directory.store.tables import Location, Service, ServiceAtLocation
from tests.faults.house import House, NotHealed
from tests.support.listings import THEN, add_location, add_service

LONGEST_SECONDS = 1.5
"""The fault comes at any time within."""

_WORDS = ("harbour", "lantern", "orchard", "bridge", "meadow", "kettle", "compass", "willow", "anchor", "hearth")


def change_some(session: Session, dice: random.Random, clock: object) -> None:
    """What people do in a minute: names are changed, programs withdrawn and brought back, moved, begun."""
    ids = list(session.scalars(select(Service.id).order_by(Service.id)))
    chosen = dice.sample(ids, 15)
    for service_id in chosen[:10]:
        name = f"{dice.choice(_WORDS).title()} {dice.choice(_WORDS)} {dice.getrandbits(32):x}"
        session.execute(update(Service).where(Service.id == service_id).values(name=name, description=f"By {name}."))
    session.execute(update(Service).where(Service.id.in_(chosen[10:12])).values(withdrawn_at=THEN))
    session.execute(update(Service).where(Service.id.in_(chosen[12:14])).values(withdrawn_at=None))
    session.execute(delete(ServiceAtLocation).where(ServiceAtLocation.service_id == chosen[14]))
    places = list(session.scalars(select(Location.id).order_by(Location.id).limit(20)))
    for place in dice.sample(places, dice.randint(1, 2)):
        session.add(ServiceAtLocation(service_id=chosen[14], location_id=place, created_at=THEN, modified_at=THEN))
    if dice.random() < 0.2:
        place = add_location(session, latitude=41.0, longitude=-75.0)
        chosen.append(add_service(session, name=f"New {dice.getrandbits(32):x}", at=place).id)
    session.flush()
    enqueue(session, chosen, clock)  # type: ignore[arg-type]


@contextmanager
def changes(house: House, dice: random.Random) -> Iterator[None]:
    """Changes go on, a few each tenth of a second. Those that the database does not take are made again by people."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            with suppress(DBAPIError), house.parts.database.writing() as session:
                change_some(session, own, house.parts.clock)
                session.commit()
            stop.wait(0.1)

    own = random.Random(dice.random())
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def sometime(dice: random.Random) -> None:
    time.sleep(dice.random() * LONGEST_SECONDS)


def worker_killed(house: House, dice: random.Random) -> None:
    with changes(house, dice):
        sometime(dice)
        house.kill_workers()
        sometime(dice)
    house.start_worker()


def worker_killed_while_building(house: House, dice: random.Random) -> None:
    with changes(house, dice):
        ask_for_rebuild(house.parts, "campaign", dice.choice(house.indexes).consumer)
        time.sleep(0.3)
        sometime(dice)
        house.kill_workers()
    house.start_worker()


def two_workers(house: House, dice: random.Random) -> None:
    """Two started at once: of one host, of which one goes again, or of two where they share a database server."""
    house.kill_workers()
    with changes(house, dice):
        house.start_worker()
        house.start_worker("other" if house.database_server and house.search_server else "data")
        time.sleep(1.5)
        sometime(dice)
        house.kill_worker(0)
        sometime(dice)
    house.kill_workers()
    house.start_worker()


def poison(house: House, dice: random.Random) -> None:
    """All are changed at once, and one cannot be indexed: it alone is parked. When it is mended and tried again, it arrives."""
    with house.parts.database.writing() as session:
        ids = list(session.scalars(select(Service.id).where(Service.withdrawn_at.is_(None)).order_by(Service.id)))
        bad = dice.choice(ids)
        wrong = dice.choice([{"latitude": 95.0, "longitude": 0.0}, {"zone": "Nowhere/At all", "latitude": 95.0, "longitude": 0.0}])
        place = add_location(session, **wrong)
        session.execute(delete(ServiceAtLocation).where(ServiceAtLocation.service_id == bad))
        session.add(ServiceAtLocation(service_id=bad, location_id=place.id, created_at=THEN, modified_at=THEN))
        session.flush()
        enqueue(session, ids, house.parts.clock)
        session.commit()
    house.wait_until_healed(dice)
    if any(parked != {bad} for parked in house.parked()):
        raise NotHealed(f"Parked are {house.parked()} and not {bad} alone")
    with house.parts.database.writing() as session:
        session.execute(update(Location).where(Location.id == place.id).values(latitude=41.0, zone="America/New_York"))
        session.commit()
    requeue(house.parts, [bad])


def index_lost(house: House, dice: random.Random) -> None:
    with changes(house, dice):
        sometime(dice)
        if dice.random() < 0.5:
            house.kill_workers()
        house.lose_index()
    if not house.workers:
        house.start_worker()


def older_index_put_back(house: House, dice: random.Random) -> None:
    copy = house.folder / "older-index"
    if not copy.exists() or dice.random() < 0.5:  # else it is one of rounds ago
        house.keep_index(copy)
    with changes(house, dice):
        sometime(dice)
    if dice.random() < 0.5:
        house.wait_until_healed(dice)
    if dice.random() < 0.5:
        house.kill_workers()
    house.put_index_back(copy)
    if not house.workers:
        house.start_worker()


def search_server_killed(house: House, dice: random.Random) -> None:
    assert house.search_server
    with changes(house, dice):
        sometime(dice)
        house.search_server.kill()
        sometime(dice)
    house.search_server.start()


def search_server_killed_while_building(house: House, dice: random.Random) -> None:
    assert house.search_server
    with changes(house, dice):
        ask_for_rebuild(house.parts, "campaign")
        time.sleep(0.3)
        sometime(dice)
        house.search_server.kill()
    house.search_server.start()


def tasks_cancelled(house: House, dice: random.Random) -> None:
    assert house.search_server
    with changes(house, dice):
        end = time.monotonic() + dice.random() * LONGEST_SECONDS
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                house.search_server.cancel_tasks()
            time.sleep(0.02)


def disk_full(house: House, dice: random.Random) -> None:
    """Of the search server. No service is to blame for it, so none is parked."""
    assert house.search_server
    with changes(house, dice):
        sometime(dice)
        house.search_server.fill_disk(dice.choice([1, 100_000, 1_000_000, 10_000_000]))
        sometime(dice)
        time.sleep(1.0)
    house.search_server.free_disk()


def keys_lost(house: House, dice: random.Random) -> None:
    """Somebody makes them again after a while."""
    assert house.search_server
    with changes(house, dice):
        sometime(dice)
        house.search_server.lose_keys()
        sometime(dice)
    house.search_server.keys()


def volume_lost(house: House, dice: random.Random) -> None:
    """The keys are lost with it: somebody makes them again, as the page for operators says."""
    assert house.search_server
    with changes(house, dice):
        sometime(dice)
        house.search_server.kill()
        house.search_server.lose_everything()
    house.search_server.start()
    house.search_server.keys()


def older_snapshot_put_back(house: House, dice: random.Random) -> None:
    assert house.search_server
    copy = house.folder / "older-snapshot"
    if not copy.exists():
        house.search_server.kill()
        house.search_server.keep_copy(copy)
        house.search_server.start()
    with changes(house, dice):
        sometime(dice)
    if dice.random() < 0.5:
        house.wait_until_healed(dice)
    house.search_server.kill()
    newer = house.folder / "newer-snapshot"
    house.search_server.keep_copy(newer)
    house.search_server.put_back(copy)
    house.search_server.start()
    if dice.random() < 0.5:  # the next to be put back is then one of later
        shutil.rmtree(copy)
        newer.rename(copy)


def database_killed(house: House, dice: random.Random) -> None:
    assert house.database_server
    with changes(house, dice):
        sometime(dice)
        house.database_server.kill()
        sometime(dice)
        house.database_server.start()


def database_killed_between_two_hosts(house: House, dice: random.Random) -> None:
    """The one that writes loses its right to without knowing, and may go on beside the other."""
    assert house.database_server
    house.start_worker("other")
    time.sleep(2.0)
    with changes(house, dice):
        for _ in range(3):
            sometime(dice)
            with suppress(DBAPIError):
                house.database_server.kill_a_child(house.parts.database, dice)
    house.kill_worker()


def backend_killed(house: House, dice: random.Random) -> None:
    assert house.database_server
    with changes(house, dice):
        sometime(dice)
        with suppress(DBAPIError):
            house.database_server.kill_a_child(house.parts.database, dice)
        sometime(dice)


def commits_out_of_order(house: House, dice: random.Random) -> None:
    """A transaction that was begun before others is committed long after them: it must not be passed over."""
    with house.parts.database.writing() as slow:
        begun = add_service(slow, name=f"Slow {dice.getrandbits(32):x}")
        held = dice.sample(list(slow.scalars(select(Service.id).order_by(Service.id))), 5)
        slow.execute(update(Service).where(Service.id.in_(held)).values(description=f"Slowly {dice.getrandbits(32):x}"))
        enqueue(slow, [begun.id, *held], house.parts.clock)
        with house.parts.database.writing() as quick:
            others = list(quick.scalars(select(Service.id).where(Service.id.not_in(held)).order_by(func.random()).limit(20)))
            quick.execute(update(Service).where(Service.id.in_(others)).values(description=f"Quickly {dice.getrandbits(32):x}"))
            enqueue(quick, others, house.parts.clock)
            quick.commit()
        end = time.monotonic() + 20
        while not house.is_still() and time.monotonic() < end:
            time.sleep(0.05)
        slow.commit()


@dataclass(frozen=True, slots=True)
class Kind:
    """`weight`: how often it is drawn beside others."""

    name: str
    bring: Callable[[House, random.Random], None]
    weight: int = 1


def kinds_for(engine: str, database: str) -> list[Kind]:
    """What can happen to an installation of this kind."""
    found = [
        Kind("dispatcher killed", worker_killed, 6),
        Kind("dispatcher killed while building", worker_killed_while_building, 2),
        Kind("two dispatchers", two_workers),
        Kind("poison row", poison),
        Kind("index folder lost", index_lost, 2),
        Kind("older index put back", older_index_put_back, 2),
    ]
    if engine == "meilisearch":
        found += [
            Kind("search server killed", search_server_killed, 6),
            Kind("search server killed while building", search_server_killed_while_building, 2),
            Kind("tasks failed", tasks_cancelled, 2),
            Kind("disk full", disk_full, 2),
            Kind("keys lost", keys_lost),
            Kind("volume lost", volume_lost),
            Kind("old snapshot put back", older_snapshot_put_back, 2),
        ]
    if database == "postgresql":
        found += [
            Kind("database server killed", database_killed, 4),
            Kind("database backend killed", backend_killed, 3),
            Kind("commits out of order", commits_out_of_order),
            *([Kind("two hosts, backends killed", database_killed_between_two_hosts, 2)] if engine == "meilisearch" else []),
        ]
    return found
