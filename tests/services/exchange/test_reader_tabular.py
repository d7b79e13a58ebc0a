"""HSDS in CSV form, from version 1.0 to 3.1."""

import csv
from pathlib import Path

import pytest

from directory.services.exchange.readers import make_reader, reader_for
from directory.services.exchange.records import Problem, Record, Severity
from tests.support.feeds import feed_files, files_of, read_feed

EXAMPLE = Path(__file__).parent / "hsds_3_1_csv_example"


def read(tmp_path: Path, files: dict[str, str]) -> tuple[dict[str, Record], list[Problem]]:
    records, problems = read_feed("hsds-csv", feed_files(tmp_path, files))
    return {str(record.data.get("id", record.where)): record for record in records}, problems


ORGS = "id,name\no1,Hope House\n"
SERVICES = "id,organization_id,name\ns1,o1,Meals\n"
LOCATIONS = "id,name\nl1,Main site\n"


def test_the_official_example_reads_whole() -> None:
    records, problems = read_feed("hsds-csv", files_of(EXAMPLE))
    assert sorted(record.kind for record in records) == [
        "location", "organization", "program", "service", "service_at_location", "taxonomy", "taxonomy_term",
    ]  # fmt: skip
    (service,) = [record.data for record in records if record.kind == "service"]
    for name in ("phones", "schedules", "service_areas", "languages", "funding", "cost_options", "required_documents", "contacts"):
        assert len(service[name]) == 1, name
    assert service["phones"][0]["languages"][0]["name"] == "Urdu"
    # four rows of the example name owners that it does not hold, or none at all
    refused = {problem.where.file for problem in problems if problem.severity is Severity.REJECTED}
    assert refused == {"attributes.csv", "metadata.csv", "service_capacity.csv", "url.csv"}


def test_every_row_of_the_official_example_is_given_out_or_named() -> None:
    files = files_of(EXAMPLE)
    records, problems = read_feed("hsds-csv", files)
    told = {problem.where.file for problem in problems} | {record.where.file for record in records}
    part_files = {file.name for file in files} - told
    ids = {cell for record in records for cell in _ids(record.data)}
    for name in part_files:
        with (EXAMPLE / name).open(encoding="utf-8") as lines:
            assert {row["id"] for row in csv.DictReader(lines)} <= ids, name


def _ids(data: object) -> set[str]:
    if isinstance(data, dict):
        own = {data["id"]} if "id" in data else set()
        return own.union(*(_ids(value) for value in data.values()))
    return set().union(*(_ids(one) for one in data)) if isinstance(data, list) else set()


def test_parts_hang_on_their_owner_in_the_order_of_the_file(tmp_path: Path) -> None:
    files = {
        "organizations.csv": ORGS,
        "services.csv": SERVICES,
        "phones.csv": "id,service_id,organization_id,number\np1,s1,,613-1\np2,,o1,613-2\np3,s1,,613-3\n",
    }
    records, problems = read(tmp_path, files)
    assert [phone["number"] for phone in records["s1"].data["phones"]] == ["613-1", "613-3"]
    assert [phone["number"] for phone in records["o1"].data["phones"]] == ["613-2"]
    assert problems == []


def test_parts_of_parts_are_found_too(tmp_path: Path) -> None:
    files = {
        "locations.csv": LOCATIONS,
        "contacts.csv": "id,location_id,name\nc1,l1,Ann\n",
        "phones.csv": "id,contact_id,number\np1,c1,613-1\n",
        "languages.csv": "id,phone_id,name\ng1,p1,Cree\n",
    }
    records, problems = read(tmp_path, files)
    assert records["l1"].data["contacts"][0]["phones"][0]["languages"][0]["name"] == "Cree"
    assert problems == []


def test_a_row_whose_owner_is_missing_is_named_by_file_and_line(tmp_path: Path) -> None:
    files = {"services.csv": SERVICES, "phones.csv": "id,service_id,number\np1,s1,613-1\np2,s9,613-2\np3,,613-3\n"}
    records, problems = read(tmp_path, files)
    assert len(records["s1"].data["phones"]) == 1
    refused = [(str(problem.where), problem.severity) for problem in problems]
    assert sorted(refused) == [("phones.csv, line 3", Severity.REJECTED), ("phones.csv, line 4", Severity.REJECTED)]
    assert "s9" in next(problem.message for problem in problems if problem.where.line == 3)


def test_a_row_with_one_owner_there_and_one_missing_is_kept_and_noted(tmp_path: Path) -> None:
    files = {"services.csv": SERVICES, "phones.csv": "id,service_id,location_id,number\np1,s1,l9,613-1\n"}
    records, problems = read(tmp_path, files)
    assert len(records["s1"].data["phones"]) == 1
    assert [problem.severity for problem in problems] == [Severity.NOTED]


def test_the_part_of_a_part_that_was_never_reached_is_named(tmp_path: Path) -> None:
    files = {
        "services.csv": SERVICES,
        "phones.csv": "id,service_id,number\np1,s9,613-1\n",
        "languages.csv": "id,phone_id,name\ng1,p1,Cree\n",
    }
    _, problems = read(tmp_path, files)
    assert {problem.kind for problem in problems if problem.severity is Severity.REJECTED} == {"phone", "language"}


def test_capacities_get_their_unit(tmp_path: Path) -> None:
    files = {
        "services.csv": SERVICES,
        "service_capacity.csv": "id,service_id,unit_id,available,updated\nk1,s1,u1,4,2026-01-01T00:00:00Z\n",
        "units.csv": "id,name\nu1,beds\nu2,seats\n",
    }
    records, problems = read(tmp_path, files)
    assert records["s1"].data["capacities"][0]["unit"]["name"] == "beds"
    assert [(problem.kind, problem.where.line) for problem in problems] == [("unit", 3)]


def test_attributes_find_their_record_by_id_and_name_the_terms_of_a_service(tmp_path: Path) -> None:
    files = {
        "services.csv": SERVICES,
        "locations.csv": LOCATIONS,
        "taxonomy_terms.csv": "id,code,name,taxonomy\nt1,BD-5000,Meals,211\nt2,X,Ramp,access\n",
        "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\na1,s1,service,t1\na2,l1,location,t2\n",
        "metadata.csv": "id,resource_id,resource_type,last_action_date,last_action_type\nm1,s1,service,2026-01-01,update\n",
    }
    records, problems = read(tmp_path, files)
    assert records["s1"].data["category_terms"] == [{"taxonomy": "211", "code": "BD-5000", "name": "Meals"}]
    assert records["l1"].data["attributes"][0]["taxonomy_term_id"] == "t2"
    assert records["s1"].data["metadata"][0]["last_action_type"] == "update"
    assert problems == []


VERSION_1 = {
    "organizations.csv": "id,name,url\no1,Hope House,http://hope.example\n",
    "services.csv": "id,organization_id,name,fees\ns1,o1,Meals,free\n",
    "locations.csv": LOCATIONS,
    "services_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "physical_addresses.csv": "id,location_id,address_1,address_2,address_3,city\na1,l1,1 Main St,Floor 2,Room 3,Hull\n",
    "postal_addresses.csv": "id,location_id,organization_id,address_1\na2,,o1,PO Box 1\n",
    "phones.csv": 'id,service_id,number,department,language\np1,s1,613-1,Intake,"English, French"\n',
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\nh1,s1,Monday,09:00,17:00\nh2,s1,Sunday,,\nh3,s1,3,09:00,12:00\n",
    "holiday_schedules.csv": "id,service_id,closed,opens_at,closes_at,start_date,end_date\n"
    "d1,s1,True,09:00,17:00,2026-12-25,2026-12-26\nd2,s1,False,10:00,12:00,2026-12-24,2026-12-24\n",
    "languages.csv": "id,service_id,language\ng1,s1,Cree\n",
    "accessibility_for_disabilities.csv": "id,location_id,accessibility\nb1,l1,ramp\n",
    "service_areas.csv": "id,service_id,service_area\nv1,s1,Hull\n",
    "eligibility.csv": "id,service_id,eligibility\ne1,s1,Adults\ne2,s1,Residents\n",
    "payment_accepted.csv": "id,service_id,payment\ny1,s1,Cash\n",
    "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt1,Meals,,,Open Eligibility\n",
    "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\nz1,s1,t1,hot\n",
}


def test_version_1_reads_under_the_names_of_version_3(tmp_path: Path) -> None:
    records, problems = read(tmp_path, VERSION_1)
    organization, service, location = (records[key].data for key in ("o1", "s1", "l1"))
    assert organization["website"] == "http://hope.example"
    assert organization["locations"][0]["addresses"][0]["address_1"] == "PO Box 1"
    assert organization["locations"][0]["location_type"] == "postal"
    assert location["addresses"][0]["address_2"] == "Floor 2, Room 3"
    assert location["addresses"][0]["address_type"] == "physical"
    assert location["accessibility"][0]["description"] == "ramp"
    assert service["phones"][0]["description"] == "Intake"
    assert service["phones"][0]["languages"] == [{"name": "English"}, {"name": "French"}]
    assert service["languages"][0]["name"] == "Cree"
    assert service["service_areas"][0]["name"] == "Hull"
    assert service["eligibility_description"] == "Adults\nResidents"
    assert service["fees_description"] == "Payment accepted: Cash"
    assert service["category_terms"] == [{"taxonomy": "Open Eligibility", "name": "Meals"}]
    assert records["t1"].kind == "taxonomy_term"
    assert records["x1"].kind == "service_at_location"
    assert [problem.severity for problem in problems] == [Severity.NOTED]


def test_hours_of_version_1_never_make_a_closed_day_an_open_one(tmp_path: Path) -> None:
    records, problems = read(tmp_path, VERSION_1)
    monday, by_number, christmas, eve = records["s1"].data["schedules"][-2:] + records["s1"].data["schedules"][:-2]
    rows = {row["id"]: row for row in (monday, by_number, christmas, eve)}
    assert (rows["h1"]["freq"], rows["h1"]["byday"]) == ("WEEKLY", "MO")
    assert "h2" not in rows
    assert "without times" in problems[0].message
    # a day by number may count from Sunday or from Monday: its words are kept, no day is guessed
    assert "freq" not in rows["h3"]
    assert rows["h3"]["description"] == "Day 3: 09:00 - 12:00"
    assert rows["d1"]["effect"] == "closes"
    assert "opens_at" not in rows["d1"]
    assert (rows["d2"]["effect"], rows["d2"]["valid_from"]) == ("replaces", "2026-12-24")


def test_a_file_that_is_no_table_of_hsds_is_named(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"services.csv": SERVICES, "mailing_list.csv": "a,b\n1,2\n"})
    assert [(problem.where.file, problem.severity) for problem in problems] == [("mailing_list.csv", Severity.NOTED)]


def test_header_names_may_have_capitals_and_files_a_folder(tmp_path: Path) -> None:
    records, _ = read(tmp_path, {"feed/Services.csv": "ID,Name\ns1,Meals\n", "feed/phones.csv": "Service_ID,Number\ns1,613-1\n"})
    assert records["s1"].data["phones"][0]["number"] == "613-1"


@pytest.mark.parametrize(("header", "known"), [("id,name", True), ("Organization ID,Title", False)])
def test_the_format_is_known_by_file_and_header(tmp_path: Path, header: str, known: bool) -> None:
    files = feed_files(tmp_path, {"organizations.csv": f"{header}\n1,Hope\n"})
    assert make_reader("hsds-csv").sniff(files) is known
    if known:
        assert reader_for("auto", files, has_mapping=False).format == "hsds-csv"
