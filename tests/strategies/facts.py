"""Records that look alike often: few names, streets and numbers, much left out."""

from hypothesis import strategies as st

from directory.rules.matching.facts import Facts

_names = st.sampled_from(
    [
        "Hope House",
        "Hope Haus",
        "House of Hope Inc.",
        "Food Pantry",
        "St. Mary's Food Pantry",
        "Maison de l'espoir",
        "Clinic 4",
        "Clinic 5",
        "",
    ]
)
_streets = st.sampled_from(
    ["12 Main St", "12 Main Street Unit 4", "14 Main St", "12 N Main St", "12 Oak Ave", "120 Maple", "Rue Principale", ""]
)


def facts(identity: str) -> st.SearchStrategy[Facts]:
    return st.builds(
        Facts,
        id=st.just(identity),
        name=_names,
        other_names=st.lists(_names, max_size=1).map(tuple),
        owner=_names,
        street=_streets,
        city=st.sampled_from(["Salem", "Portland", ""]),
        postal_code=st.sampled_from(["97301", "97201", ""]),
        phones=st.lists(st.sampled_from(["503-555-0101", "555-0101", "503-555-0102"]), max_size=2).map(tuple),
        links=st.lists(st.sampled_from(["https://hope.example", "info@pantry.example"]), max_size=1).map(tuple),
        latitude=st.sampled_from([None, 44.94, 44.9401, 45.5]),
        longitude=st.just(-123.03),
        hours=st.sampled_from(["", "MO 9-5", "TU 9-5"]),
        audience=st.sampled_from(["", "Open to all", "Men only", "Women and children"]),
        minimum_age=st.sampled_from([None, 0, 18]),
        maximum_age=st.sampled_from([None, 17]),
        categories=st.lists(st.sampled_from(["food-pantry", "meals"]), max_size=2).map(tuple),
    )


def tables(least: int = 2, most: int = 9) -> st.SearchStrategy[list[Facts]]:
    """Some records, each with an id of its own."""
    return st.integers(least, most).flatmap(lambda count: st.tuples(*(facts(f"r{place}") for place in range(count))).map(list))
