"""Two people publish at the same moment, in two threads: nothing that was accepted is lost, and who is told to choose loses nothing either.

Whoever comes first stops between reading what is there and writing, for long enough that the other could do all of it: on a database
that let them in between, the first would then write over what the second had published.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from directory.domain.editing.authors import Author
from directory.services.editing import publish as publishing
from directory.services.editing import restore as restoring
from directory.services.editing.history import read_history
from directory.services.editing.publish import EditConflict, Published, publish
from directory.services.editing.read import read_listing
from directory.services.editing.restore import undo
from directory.services.parts import Parts
from directory.store.tables import Organization, ServiceAtLocation
from tests.services.editing.conftest import EDITOR, PLANNER
from tests.support.listings import add, add_service
from tests.support.neighbourhood import ORGANIZATION, PANTRY, PANTRY_PLACE

LONG_ENOUGH = 0.2
"""Seconds that the first waits for the other to be done: it never is where the database keeps it out, so this is not waited for twice."""
Done = Published | EditConflict
WHERE_ROWS_ARE_LOCKED = pytest.mark.parametrize(
    "database_address", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
"""On SQLite there is one writer at a time, which the other tests show."""


@pytest.fixture
def race(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Callable[[], Published]]], list[Done]]:
    """Do these acts at once, each in a thread of its own; what came of each."""
    is_first = threading.Lock()
    write = publishing.write_changes

    def run(acts: Sequence[Callable[[], Published]]) -> list[Done]:
        found: dict[int, Done | BaseException] = {}
        somebody_is_done = threading.Event()
        together = threading.Barrier(len(acts))

        def held(*given: Any, **named: Any) -> Any:
            if is_first.acquire(blocking=False):
                somebody_is_done.wait(LONG_ENOUGH)
            return write(*given, **named)

        def act(number: int) -> None:
            together.wait(10)
            try:
                found[number] = acts[number]()
            except BaseException as error:
                found[number] = error
            somebody_is_done.set()

        for module in (publishing, restoring):
            monkeypatch.setattr(module, "write_changes", held)
        threads = [threading.Thread(target=act, args=(number,)) for number in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(found) == len(acts)
        for each in found.values():
            assert isinstance(each, Published | EditConflict), each
        return [found[number] for number in sorted(found)]  # type: ignore[misc]

    return run


def form_of(parts: Parts, service_id: str = PANTRY) -> dict[str, Any]:
    return read_listing(parts, service_id).form


def edit(parts: Parts, author: Author, service_id: str = PANTRY, **fields: Any) -> Callable[[], Published]:
    """An edit from what is published now."""
    base = form_of(parts, service_id)
    return lambda: publish(parts, service_id, base, {**base, **fields}, author)


def test_fields_of_two_people_are_both_there_and_both_told(house: Parts, race: Any) -> None:
    week = form_of(house)["hours"]["week"]
    mine = edit(house, EDITOR, alert="Bring bags.", hours={"week": {**week, "MO": [["08:00", "12:00"]]}}, documents=["A card"])
    theirs = edit(house, PLANNER, cost=["sliding"], hours={"week": {**week, "TU": [["10:00", "14:00"]]}}, documents=["A bill"])
    assert all(isinstance(done, Published) for done in race([mine, theirs]))
    form = form_of(house)
    assert (form["alert"], form["cost"], form["documents"]) == ("Bring bags.", ["sliding"], ["A bill", "A card"])
    assert (form["hours"]["week"]["MO"], form["hours"]["week"]["TU"]) == ([["08:00", "12:00"]], [["10:00", "14:00"]])
    assert {act.actor for act in read_history(house, "service", PANTRY)} == {EDITOR.actor, PLANNER.actor}


def test_of_two_who_change_the_same_one_is_asked_and_what_is_chosen_loses_nothing(house: Parts, race: Any) -> None:
    base = form_of(house)
    wanted = [
        (EDITOR, {"name": "Bread for all", "alert": "Bring bags."}),
        (PLANNER, {"name": "Soup for all", "cost": ["sliding"]}),
    ]
    done = race([edit(house, author, **fields) for author, fields in wanted])
    (loser,) = [number for number, each in enumerate(done) if isinstance(each, EditConflict)]
    conflict, (author, fields), (_, accepted) = done[loser], wanted[loser], wanted[1 - loser]
    (asked,) = conflict.conflicts
    assert (asked.field, asked.mine, asked.theirs) == ("name", fields["name"], accepted["name"])
    assert {key: form_of(house)[key] for key in accepted} == accepted
    publish(house, PANTRY, base, {**base, **fields}, author, decided={"name": asked.theirs})
    assert {key: form_of(house)[key] for key in {*accepted, *fields}} == {**accepted, **fields}


@WHERE_ROWS_ARE_LOCKED
def test_a_place_that_two_listings_show_is_changed_by_one_after_the_other(house: Parts, race: Any) -> None:
    key = f"location:{PANTRY_PLACE}"
    with house.database.writing() as session:
        second = add_service(session, name="Warm room", organization=session.get_one(Organization, ORGANIZATION)).id
        add(session, ServiceAtLocation(service_id=second, location_id=PANTRY_PLACE))
        session.commit()
    mine = edit(house, EDITOR, **{f"{key}:transportation": "Bus 21", f"{key}:name": "Main Street Hall"})
    theirs = edit(house, PLANNER, second, **{f"{key}:description": "Ring twice", f"{key}:name": "The Hall"})
    done = race([mine, theirs])
    (conflict,) = [each for each in done if isinstance(each, EditConflict)]
    assert list(conflict.fields) == [f"{key}:name"]
    form = form_of(house)
    first_is_mine = isinstance(done[0], Published)
    assert form[f"{key}:name"] == ("Main Street Hall" if first_is_mine else "The Hall")
    assert (form[f"{key}:transportation"], form[f"{key}:description"]) == (("Bus 21", "") if first_is_mine else ("", "Ring twice"))


@WHERE_ROWS_ARE_LOCKED
@pytest.mark.parametrize(("fields", "conflicts"), [({"alert": "Bring bags."}, 0), ({"name": "Soup for all"}, 1)])
def test_taking_an_act_back_while_somebody_publishes_loses_nothing(house: Parts, race: Any, fields: Any, conflicts: int) -> None:
    edit(house, EDITOR, name="Bread for all")()
    (act,) = read_history(house, "service", PANTRY)
    done = race([lambda: undo(house, PANTRY, act.id, EDITOR), edit(house, PLANNER, **fields)])
    assert [type(each) for each in done].count(EditConflict) == conflicts
    form = form_of(house)
    if not conflicts:
        assert (form["name"], form["alert"]) == ("Food pantry", "Bring bags.")
    else:
        assert form["name"] == ("Food pantry" if isinstance(done[0], Published) else "Soup for all")
