"""What is made from the very same objects is made once; what is made from others never passes for it."""

from directory.services.finding.identity_memory import IdentityMemory


class Thing:
    """Equal to every other, and never the same."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 1


def test_the_same_objects_are_made_something_of_once():
    memory: IdentityMemory[object] = IdentityMemory(10)
    things = [Thing(), Thing()]
    first = memory.made(things, "en", object)
    assert memory.made(list(things), "en", object) is first


def test_equal_objects_and_other_circumstances_are_others():
    memory: IdentityMemory[object] = IdentityMemory(10)
    one, other = Thing(), Thing()
    made = memory.made([one], "en", object)
    assert memory.made([other], "en", object) is not made
    assert memory.made([one], "fr", object) is not made
    assert memory.made([one, other], "en", object) is not made


def test_an_object_that_is_gone_is_never_taken_for_one_that_came_after_it():
    memory: IdentityMemory[int] = IdentityMemory(10_000)
    made = [memory.made([Thing()], "en", lambda number=number: number) for number in range(1_000)]  # type: ignore[misc]
    assert made == list(range(1_000))


def test_the_oldest_is_forgotten():
    memory: IdentityMemory[object] = IdentityMemory(2)
    things = [Thing() for _ in range(3)]
    made = [memory.made([thing], None, object) for thing in things]
    assert memory.made([things[2]], None, object) is made[2]
    assert memory.made([things[0]], None, object) is not made[0]
