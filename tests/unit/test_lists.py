"""A list to hand over, as a value: its order, what fits on it, and codes that can be read aloud."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.lists import (
    CODE_BITS,
    CODE_LENGTH,
    LONGEST_ENTRY_NOTE,
    LONGEST_NOTE,
    MOST_ENTRIES,
    Entry,
    HandList,
    code_of,
    in_order,
    moved,
    read_code,
    spelled,
    with_entry_at,
    with_notes,
    with_place,
    without_place,
)

IDS = [str(uuid4()) for _ in range(MOST_ENTRIES + 1)]


def list_of(*numbers: int) -> HandList:
    return HandList(tuple(Entry(IDS[number]) for number in numbers))


def test_a_place_is_on_the_list_once_and_at_its_end():
    twice = with_place(with_place(list_of(0), IDS[1]), IDS[0])
    assert twice.place_ids == (IDS[0], IDS[1])


def test_what_is_no_id_is_not_put_on_the_list():
    assert with_place(HandList(), "food near me").entries == ()


def test_a_full_list_takes_no_more():
    full = list_of(*range(MOST_ENTRIES))
    assert with_place(full, IDS[MOST_ENTRIES]) == full


def test_a_place_moves_up_and_down_as_far_as_there_is_room():
    assert moved(list_of(0, 1, 2), IDS[2], -1).place_ids == (IDS[0], IDS[2], IDS[1])
    assert moved(list_of(0, 1, 2), IDS[0], -1) == list_of(0, 1, 2)
    assert moved(list_of(0, 1, 2), IDS[5], 1) == list_of(0, 1, 2)


@given(st.permutations(range(5)), st.integers(0, 4))
def test_taking_out_and_putting_back_changes_nothing(order: list[int], out: int):
    before = list_of(*order)
    entry = before.entries[out]
    assert with_entry_at(without_place(before, entry.place_id), entry, out) == before


@given(st.permutations(range(5)))
def test_an_order_that_is_told_is_taken(order: list[int]):
    assert in_order(list_of(0, 1, 2, 3, 4), [IDS[number] for number in order]).place_ids == tuple(IDS[number] for number in order)


def test_an_order_that_names_only_some_or_strangers_loses_nothing():
    assert in_order(list_of(0, 1, 2), [IDS[2], "nobody", IDS[2]]).place_ids == (IDS[2], IDS[0], IDS[1])


def test_notes_are_tidied_and_cut_to_what_fits():
    noted = with_notes(list_of(0, 1), " Ask   for Sam \n\n Bus 7 " + "x" * 1000, {IDS[0]: "ring\nthe bell " + "y" * 1000})
    assert noted.note.startswith("Ask for Sam\n\nBus 7 x")
    assert len(noted.note) == LONGEST_NOTE
    assert noted.entries[0].note.startswith("ring the bell y")
    assert len(noted.entries[0].note) == LONGEST_ENTRY_NOTE
    assert noted.entries[1].note == ""


def test_a_code_has_fifty_bits_or_more_and_no_letters_that_look_alike():
    assert CODE_BITS >= 50
    letters = set("".join(code_of(number) for number in range(32)))
    assert letters.isdisjoint("ilou")
    assert len(letters) == 32


@given(st.integers(0, 2**CODE_BITS - 1))
def test_a_code_is_read_however_it_is_written(number: int):
    code = code_of(number)
    assert len(code) == CODE_LENGTH
    assert read_code(code) == code
    assert read_code(spelled(code).upper() + " ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(st.text(max_size=20))
def test_whatever_else_is_typed_is_no_code(text: str):
    code = read_code(text)
    assert code == "" or len(code) == CODE_LENGTH
