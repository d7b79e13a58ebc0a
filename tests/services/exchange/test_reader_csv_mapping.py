"""Tables of any layout, read through a mapping file."""

import re
from pathlib import Path

import pytest

from directory.domain.errors import InvalidInput
from directory.services.exchange.readers.mapping_grammar import check_mapping, parse_mapping, read_mapping
from directory.services.exchange.readers.mapping_value_grammar import CONDITION_WORDS, SOURCES, STEPS
from directory.services.exchange.records import Severity
from tests.support.feeds import feed_files, read_feed

HEAD = 'grammar: 1\nfiles: {places: {file: "*.csv"}}\nrecords:\n  - kind: service\n    fields:\n'


def service_of(tmp_path: Path, table: str, fields: str, top: str = "") -> dict[str, object]:
    """The one record that a table of one row makes with these fields."""
    indented = "".join(f"      {line}\n" for line in fields.splitlines())
    records, _ = read_feed("csv", feed_files(tmp_path, {"places.csv": table}), top + HEAD + indented)
    assert len(records) == 1
    return records[0].data


def test_a_bare_word_is_a_column(tmp_path: Path) -> None:
    assert service_of(tmp_path, "Title,Tel\nHope,613\n", "name: Title\nid: Tel") == {"name": "Hope", "id": "613"}


def test_a_template_leaves_out_what_is_empty(tmp_path: Path) -> None:
    made = service_of(
        tmp_path, "a,City,State\nx,,ON\n", 'name: a\ndescription: {template: "{City}, {State}"}\nalert: {template: "{City}!"}'
    )
    assert made == {"name": "x", "description": "ON"}


def test_a_value_map_reads_words_without_regard_to_capitals(tmp_path: Path) -> None:
    made = service_of(tmp_path, "a,Kind\nx,EMERGENCY  food\n", "name: a\ncategories: {column: Kind, map: {Emergency Food: [food, meals]}}")
    assert made["categories"] == ["food", "meals"]


def test_a_word_that_the_value_map_lacks_is_left_out_and_named_once(tmp_path: Path) -> None:
    mapping = HEAD + "      name: a\n      categories: {column: Kind, map: {Food: food}}\n"
    records, problems = read_feed("csv", feed_files(tmp_path, {"p.csv": "a,Kind\nx,Yoga\ny,Yoga\nz,Food\n"}), mapping)
    assert [record.data.get("categories") for record in records] == [None, None, ["food"]]
    assert [(problem.where.line, problem.field, problem.severity) for problem in problems] == [(2, "categories", Severity.NOTED)]
    assert "Yoga" in problems[0].message


def test_pieces_of_a_cell_make_a_part_each(tmp_path: Path) -> None:
    fields = 'name: a\nphones: {each: {column: Tel, split: [";", " or "]}, number: {item: true}, type: {constant: voice}}'
    made = service_of(tmp_path, "a,Tel\nx,613-1;613-2 or 613-3\n", fields)
    assert made["phones"] == [{"number": number, "type": "voice"} for number in ("613-1", "613-2", "613-3")]


def test_a_part_with_constants_only_is_no_part(tmp_path: Path) -> None:
    made = service_of(tmp_path, "a,Tel\nx,\n", "name: a\nphones: {number: Tel, type: {constant: voice}}")
    assert "phones" not in made


def test_text_is_put_together_from_what_is_filled(tmp_path: Path) -> None:
    pieces = '    - {label: "Income: ", column: Income}\n    - {label: "Ages ", column: Ages}\n    - Who'
    fields = f"name: a\neligibility_description:\n  text:\n{pieces}"
    made = service_of(tmp_path, "a,Income,Ages,Who\nx,under 200%,,Veterans\n", fields)
    assert made["eligibility_description"] == "Income: under 200%\nVeterans"


def test_words_for_not_known_count_as_empty(tmp_path: Path) -> None:
    assert service_of(tmp_path, "a,Note\nx,n/a\n", "name: a\nalert: Note", 'not_known: ["N/A"]\n') == {"name": "x"}


def test_yes_and_no_are_understood_and_anything_else_is_named(tmp_path: Path) -> None:
    mapping = HEAD + "      name: a\n      phones: {number: Tel, confidential: Secret}\n"
    files = feed_files(tmp_path, {"p.csv": "a,Tel,Secret\nx,1,Yes\ny,2,no\nz,3,perhaps\n"})
    records, problems = read_feed("csv", files, mapping)
    assert [record.data["phones"][0].get("confidential") for record in records] == [True, False, None]
    assert "perhaps" in problems[0].message


def test_a_derived_identity_does_not_hang_on_spaces_or_capitals(tmp_path: Path) -> None:
    fields = "id: {derived: [Name, Address]}"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = service_of(tmp_path / "one", "Name,Address\nHope House,1 Main St.\n", fields)
    two = service_of(tmp_path / "two", "Name,Address\nHOPE  house,1 Main St\n", fields)
    assert one == two
    assert len(str(one["id"])) == 24


def test_an_address_and_a_point_are_taken_apart_inside_a_place(tmp_path: Path) -> None:
    fields = (
        "name: a\nservice_at_locations:\n  location:\n    point: {value: LatLon, order: lon_lat}\n"
        "    addresses: {one_line: {value: Address, style: us}, country: {constant: US}}"
    )
    made = service_of(tmp_path, 'a,Address,LatLon\nx,"1 Main St, Salem, OR 97301","-123.0,44.9"\n', fields)
    address = {"address_1": "1 Main St", "city": "Salem", "state_province": "OR", "postal_code": "97301", "country": "US"}
    assert made["service_at_locations"] == [{"location": {"latitude": "44.9", "longitude": "-123.0", "addresses": [address]}}]


def test_two_services_at_one_place_are_two_places_of_service(tmp_path: Path) -> None:
    fields = "      id: Id\n      name: Name\n      service_at_locations: {location_id: Place}\n"
    records, _ = read_feed("csv", feed_files(tmp_path, {"p.csv": "Id,Name,Place\n1,Meals,7\n2,Beds,7\n"}), HEAD + fields)
    assert [record.data["service_at_locations"] for record in records] == [
        [{"location_id": "7", "id": "1@7"}],
        [{"location_id": "7", "id": "2@7"}],
    ]


FOLDER = """
grammar: 1
files:
  orgs: {file: orgs.csv}
  tels: {file: tels.csv}
  offers: {file: offers.csv}
records:
  - kind: service
    from: offers
    only_if: {column: Open, is: "Yes"}
    fields:
      id: Id
      name: Title
      description: {lookup: orgs, by: Org, matching: Id, take: {template: "Given by {Name}"}}
      phones: {rows_of: {file: tels, matching: Offer, by: Id}, number: Number, type: Kind}
  - kind: organization
    from: orgs
    fields: {id: Id, name: Name}
"""


def test_tables_of_a_folder_are_joined(tmp_path: Path) -> None:
    files = {
        "orgs.csv": "Id,Name\n7,Hope House\n",
        "tels.csv": "Offer,Number,Kind\n1,613-1,voice\n1,613-2,fax\n2,613-3,voice\n",
        "offers.csv": "Id,Org,Title,Open\n1,7,Meals,Yes\n2,8,Beds,Yes\n3,7,Closed one,No\n",
    }
    records, problems = read_feed("csv", feed_files(tmp_path, files), FOLDER)
    assert [record.kind for record in records] == ["organization", "service", "service"]
    meals, beds = records[1].data, records[2].data
    assert meals["description"] == "Given by Hope House"
    assert meals["phones"] == [{"number": "613-1", "type": "voice"}, {"number": "613-2", "type": "fax"}]
    assert "description" not in beds
    assert [(problem.where.line, problem.severity) for problem in problems] == [(4, Severity.NOTED)]


def test_a_column_that_the_file_lacks_stops_the_reading_and_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no column 'Phone Numbr'.*did you mean 'Phone Number'"):
        read_feed("csv", feed_files(tmp_path, {"p.csv": "Name,Phone Number\nx,1\n"}), HEAD + "      name: Name\n      alert: Phone Numbr\n")


def test_a_column_that_may_be_missing_does_not(tmp_path: Path) -> None:
    mapping = HEAD.replace('"*.csv"', '"*.csv", optional: [Tel]') + "      name: Name\n      alert: Tel\n"
    records, _ = read_feed("csv", feed_files(tmp_path, {"p.csv": "Name\nx\n"}), mapping)
    assert records[0].data == {"name": "x"}


def test_a_column_that_the_mapping_does_not_speak_of_is_named(tmp_path: Path) -> None:
    mapping = HEAD.replace('"*.csv"', '"*.csv", not_used: {Internal: for staff}') + "      name: Name\n"
    _, problems = read_feed("csv", feed_files(tmp_path, {"p.csv": "Name,Internal,Hours\nx,y,z\n"}), mapping)
    assert [(problem.field, problem.severity) for problem in problems] == [("Hours", Severity.NOTED)]


def test_a_row_that_says_nothing_of_the_record_is_a_problem(tmp_path: Path) -> None:
    records, problems = read_feed("csv", feed_files(tmp_path, {"p.csv": "Name,Note\n,only a note\n"}), HEAD + "      name: Name\n")
    assert records == []
    assert [problem.where.line for problem in problems if problem.severity is Severity.REJECTED] == [2]


def test_a_file_that_the_feed_lacks_is_named_with_the_nearest(tmp_path: Path) -> None:
    mapping = HEAD.replace('"*.csv"', "service.csv") + "      name: Name\n"
    with pytest.raises(InvalidInput, match=r"no file 'service.csv'.*did you mean 'services.csv'"):
        read_feed("csv", feed_files(tmp_path, {"services.csv": "Name\nx\n"}), mapping)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("nmae: a", "records[0].fields: 'nmae' is not a field of service; did you mean 'name'?"),
        (
            "service_at_locations: {location: {addresses: {adress_1: a}}}",
            "service_at_locations[0].location.addresses[0]: 'adress_1' is not a field of address; did you mean 'address_1'?",
        ),
        ("name: {colum: a}", "records[0].fields.name: a value has exactly one of"),
        ("name: {column: a, spilt: x}", "records[0].fields.name: 'spilt' is not a word of a value; did you mean 'split'?"),
        ("name: {column: a, constant: b}", "here are 2"),
        ("name: {lookup: orgz, by: a, matching: b, take: c}", "records[0].fields.name.lookup: 'orgz' is not a name under files"),
        ("name: {lookup: places, by: a}", "a lookup also needs matching and take"),
        ("name: {column: a, as: integer}", "records[0].fields.name.as: 'integer' is not a way to read a value"),
        ("name: {column: a, only_if: {column: b}}", "a condition says what the column is"),
        ("name: {column: a, only_if: {column: b, equals: c}}", "'equals' is not a word of a condition"),
        ("service_at_locations: {location: {point: {value: a}}}", "a point has value and order: lat_lon or lon_lat"),
        ("phones: {rows_of: {file: places}, number: a}", "rows_of has file, matching"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_with_its_path(fields: str, sentence: str) -> None:
    _, sentences = check_mapping(parse_mapping(HEAD + f"      {fields}\n"))
    assert any(sentence in found for found in sentences), sentences


def test_everything_that_is_wrong_is_told_at_once() -> None:
    data = parse_mapping("grammar: 9\nfiles: {}\nrecords: [{kind: shelter, fields: {}}]\nextra: 1\n")
    with pytest.raises(InvalidInput) as caught:
        read_mapping(data)
    for words in ("'extra' is not a part of a mapping", "grammar: write", "give each file", "'shelter' is not a kind of record"):
        assert words in caught.value.message


def test_yes_in_a_plain_yaml_reader_is_told_apart_from_the_word() -> None:
    data = {
        "grammar": 1,
        "files": {"p": {"file": "p.csv"}},
        "records": [{"kind": "service", "fields": {"status": {"column": "Open", "map": {True: "active"}}}}],
    }
    _, sentences = check_mapping(data)
    assert "in quotes" in sentences[0]
    assert check_mapping(parse_mapping(HEAD + "      status: {column: Open, map: {Yes: active}}\n"))[1] == []


def test_yaml_that_cannot_be_read_names_the_line() -> None:
    with pytest.raises(InvalidInput, match="on line 2"):
        parse_mapping("grammar: 1\nfiles: {a: [}\n")


def test_a_mapping_cannot_run_anything() -> None:
    data = parse_mapping("grammar: !!python/object/apply:os.system ['true']\nfiles: {}\nrecords: []\n")
    assert isinstance(data["grammar"], list)


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: " + "[" * 3000])
def test_a_mapping_that_grows_without_end_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_mapping(text)


DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "import-mapping.md"


def test_the_examples_of_the_documentation_are_right() -> None:
    examples = re.findall(r"```yaml\n(grammar: 1\n.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 2
    for example in examples:
        assert check_mapping(parse_mapping(example))[1] == []


def test_every_word_of_the_grammar_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    words = {*SOURCES, *STEPS, *CONDITION_WORDS, "each", "rows_of", "point", "one_line", "not_used", "optional", "not_known", "joined_by"}
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []
