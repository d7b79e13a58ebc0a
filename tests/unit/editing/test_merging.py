"""Two people edit one listing: whatever they do, no change that was accepted is lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.editing.differences import applied, differences, same, undone
from directory.domain.editing.fields import FIELDS
from directory.domain.editing.merging import merge

DAYS = st.sampled_from(["MO", "TU", "WE"])
SPELL = st.sampled_from([["09:00", "12:00"], ["13:00", "17:00"], ["19:00", "07:00"]])
HOURS = st.fixed_dictionaries({}, optional={"week": st.dictionaries(DAYS, st.lists(SPELL, min_size=1, max_size=1), min_size=1)})
PHONE = st.builds(
    lambda key, number: {
        "id": f"00000000-0000-4000-8000-00000000000{key}", "number": f"613-555-010{number}", "extension": "", "type": "", "description": "",
        "sms": None, "confidential": False,
    },
    st.integers(1, 3),
    st.integers(0, 2),
)  # fmt: skip
FORMS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Pantry", "Bread", "Soup"]),
        "alert": st.sampled_from(["", "Closed", "Moved"]),
        "languages": st.lists(st.sampled_from(["ar", "en", "es", "fr"]), unique=True).map(sorted),
        "hours": HOURS,
        "phones": st.lists(PHONE, max_size=3, unique_by=lambda phone: phone["id"]).map(lambda found: sorted(found, key=repr)),
    },
    optional={"text:fr:name": st.sampled_from(["Pain", "Soupe"])},
)


@given(FORMS, FORMS, FORMS)
def test_a_field_that_one_of_two_changed_keeps_that_change(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(base, mine, theirs)
    conflicts = {conflict.field for conflict in merged.conflicts}
    my_changes = {change.field: change.after for change in differences(base, {**base, **mine})}
    their_changes = {change.field: change.after for change in differences(base, theirs)}
    for field in (my_changes.keys() | their_changes.keys()) - conflicts:
        found = merged.form.get(field, FIELDS["service"].get(field.rpartition(":")[2], FIELDS["service"]["name"]).empty)
        if field not in their_changes:
            assert same(found, my_changes[field])
        elif field not in my_changes:
            assert same(found, their_changes[field])


@given(FORMS, FORMS, FORMS)
def test_nothing_that_either_put_in_or_took_out_of_a_list_is_lost(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    found = set(merge(base, mine, theirs).form["languages"])
    for form in (mine, theirs):
        assert set(form["languages"]) - set(base["languages"]) <= found
        assert not (set(base["languages"]) - set(form["languages"])) & found


@given(FORMS, FORMS, FORMS)
def test_a_conflict_names_what_each_of_the_three_said(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(base, mine, theirs)
    for conflict in merged.conflicts:
        assert not same(conflict.mine, conflict.theirs)
        assert not same(conflict.mine, conflict.base)
        assert not same(conflict.theirs, conflict.base)
        assert same(merged.form[conflict.field], conflict.theirs)


@given(FORMS, FORMS)
def test_who_edits_alone_gets_exactly_what_they_wrote(base: dict[str, Any], mine: dict[str, Any]) -> None:
    merged = merge(base, mine, base)
    assert merged.conflicts == ()
    assert differences({**base, **mine}, merged.form) == ()


@given(FORMS, FORMS, FORMS)
def test_whoever_comes_first_the_same_is_lost_by_nobody(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    one, other = merge(base, {**base, **mine}, {**base, **theirs}), merge(base, {**base, **theirs}, {**base, **mine})
    assert {conflict.field for conflict in one.conflicts} == {conflict.field for conflict in other.conflicts}
    conflicts = {conflict.field for conflict in one.conflicts}
    for field in one.form.keys() - conflicts:
        assert _in_any_order(one.form[field]) == _in_any_order(other.form[field])


def _in_any_order(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value


@given(FORMS, FORMS)
def test_changes_taken_back_give_the_form_as_it_was(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = differences(before, after)
    assert differences(applied(before, changes), after) == ()
    assert differences(applied(applied(before, changes), undone(changes)), before) == ()
