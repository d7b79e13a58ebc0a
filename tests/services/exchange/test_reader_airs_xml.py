"""Exports of 211 call centres in AIRS XML."""

from pathlib import Path

import pytest

from directory.domain.errors import InvalidInput
from directory.services.exchange.readers import make_reader
from directory.services.exchange.records import Problem, Record, Severity
from tests.support.feeds import feed_files, read_feed

AGENCY = """<Agency{exclude}>
  <Key>A1</Key><Name>Hope House</Name><AgencyDescription>Helps.</AgencyDescription>
  <AKA><Name>The Hope</Name><Confidential>false</Confidential></AKA>
  <AKA><Name>Secret name</Name><Confidential>true</Confidential></AKA>
  <AgencyLocation><PhysicalAddress Confidential="false"><Line1>9 Head St</Line1><City>Hull</City></PhysicalAddress></AgencyLocation>
  <URL><Address>www.hope.example</Address></URL><URL><Address>www.more.example</Address></URL>
  <IRSStatus>501c3</IRSStatus>
  <ResourceInfo DateLastVerified="2026-01-02">
    <Contact Type="Director"><Name>Ann Persona</Name><Title>NA</Title><Email><Address>ann@hope.example</Address></Email></Contact>
    <Contact Type="Main Contact"><Name>Facet string</Name><Title>what:'CAMPS',why:'disability'</Title></Contact>
  </ResourceInfo>
  {sites}
</Agency>"""

SITE = """<Site><Key>{key}</Key><Name>Site {key}</Name>
  <PhysicalAddress Confidential="{secret}"><Line1>1 Main St</Line1><Line2>Suite 2</Line2><City>Hull</City><State>QC</State>
    <ZipCode>J8X 1A1</ZipCode><Country>CA</Country></PhysicalAddress>
  <MailingAddress Confidential="false"><Line1>1 Main St</Line1><Line2>Suite 2</Line2><City>Hull</City><State>QC</State>
    <ZipCode>J8X 1A1</ZipCode><Country>CA</Country></MailingAddress>
  <DisabilitiesAccess>Wheelchair ramp</DisabilitiesAccess>
  <SpatialLocation><Datum>45.4, -75.7</Datum><Latitude>45.4</Latitude><Longitude>-75.7</Longitude></SpatialLocation>
  {services}</Site>"""

SERVICE = """<SiteService><Key>S1</Key><Name>Meals</Name><Description>Hot meals. &amp;lt;b&amp;gt;Free&amp;lt;/b&amp;gt;</Description>
  <Phone TollFree="true" Confidential="false"><PhoneNumber>800-555-0100</PhoneNumber><Type>Hotline</Type></Phone>
  <Phone TollFree="false" Confidential="true"><PhoneNumber>613-555-0101</PhoneNumber><Type>Phone1</Type></Phone>
  <Phone TollFree="false" Confidential="false"><PhoneNumber>613-555-0102</PhoneNumber><Type>Fax</Type></Phone>
  <Phone TollFree="false" Confidential="false"><PhoneNumber /><Type>After Hours</Type></Phone>
  <TimeOpen><Notes>{hours}</Notes></TimeOpen>
  <Taxonomy><Code>BD-5000</Code></Taxonomy><Taxonomy><Code>{{what:'MEALS',why:'hunger',who:'Youth'}}</Code></Taxonomy>
  <GeographicAreaServed><City>Hull</City><State>QC</State><Country>Canada</Country></GeographicAreaServed>
  <GeographicAreaServed><Country>Canada</Country></GeographicAreaServed>
  <Languages><Name>French</Name></Languages><Languages><Name>Interpretation available</Name></Languages>
  <FeeStructure>Free</FeeStructure><Eligibility>Anyone</Eligibility><IntakeProcedure>Walk in</IntakeProcedure>
  <DocumentsRequired>None</DocumentsRequired>{more}
  <ResourceInfo DateLastVerified="2026-02-03" DateOfLastAction="2026-02-04" AvailableForDirectory="{listed}" /></SiteService>"""


def service(hours: str = "Mon-Fri 9-5", more: str = "", listed: str = "true") -> str:
    return SERVICE.format(hours=hours, more=more, listed=listed)


def site(key: str = "P1", secret: str = "false", services: str | None = None) -> str:
    return SITE.format(key=key, secret=secret, services=service() if services is None else services)


def source(sites: str, exclude: str = "") -> str:
    return f"<?xml version='1.0'?>\n<Source SchemaVersion='3.0'>\n{AGENCY.format(sites=sites, exclude=exclude)}\n</Source>"


def read(tmp_path: Path, *documents: str) -> tuple[list[Record], list[Problem]]:
    files = {f"{position}.xml": document for position, document in enumerate(documents)}
    return read_feed("airs-xml", feed_files(tmp_path, files))


def of_kind(records: list[Record], kind: str) -> list[dict[str, object]]:
    return [record.data for record in records if record.kind == kind]


def test_an_agency_is_an_organization(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source(site()))
    assert of_kind(records, "organization") == [
        {
            "id": "A1",
            "name": "Hope House",
            "alternate_name": "The Hope",
            "description": "Helps.",
            "website": "www.hope.example",
            "additional_websites": [{"url": "www.more.example"}],
            "tax_status": "501c3",
            "contacts": [{"name": "Ann Persona", "title": "Director", "email": "ann@hope.example"}],
            "verified_at": "2026-01-02",
            "verified_how": "source",
        }
    ]


def test_a_site_is_a_location_and_the_agency_s_own_address_another(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source(site()))
    own, place = of_kind(records, "location")
    assert own["id"] == "agency-A1"
    assert place["id"] == "P1"
    assert place["addresses"] == [
        {
            "address_1": "1 Main St",
            "address_2": "Suite 2",
            "city": "Hull",
            "state_province": "QC",
            "postal_code": "J8X 1A1",
            "country": "CA",
            "address_type": "physical",
        }
    ]
    assert (place["latitude"], place["longitude"]) == ("45.4", "-75.7")
    assert place["accessibility"] == [{"description": "Wheelchair ramp"}]
    assert "confidential" not in place


def test_a_service_carries_what_its_elements_say(tmp_path: Path) -> None:
    records, problems = read(tmp_path, source(site()))
    (made,) = of_kind(records, "service")
    assert problems == []
    assert made["phones"] == [
        {"number": "800-555-0100", "type": "voice", "description": "Hotline; Toll-free"},
        {"number": "613-555-0101", "type": "voice", "confidential": True},
        {"number": "613-555-0102", "type": "fax"},
    ]
    assert made["hours_text"] == "Mon-Fri 9-5"
    assert made["category_terms"] == [
        {"taxonomy": "211hsis", "code": "BD-5000"},
        {"taxonomy": "bc211-what", "code": "{what:'MEALS',why:'hunger',who:'Youth'}", "name": "MEALS"},
    ]
    assert made["service_areas"] == [{"name": "Hull, QC"}, {"name": "Canada"}]
    assert made["languages"] == [{"name": "French"}]
    assert made["interpretation_services"] == "Interpretation available"
    assert made["fees_description"] == "Free"
    assert made["eligibility_description"] == "Anyone"
    assert made["application_process"] == "Walk in"
    assert made["required_documents"] == [{"document": "None"}]
    assert (made["verified_at"], made["verified_how"], made["last_modified"]) == ("2026-02-03", "source", "2026-02-04")
    assert made["service_at_locations"] == [{"id": "S1@P1", "location_id": "P1"}]


def test_one_key_at_two_sites_is_one_service_at_two_places(tmp_path: Path) -> None:
    records, problems = read(tmp_path, source(site("P1") + site("P2")))
    (made,) = of_kind(records, "service")
    assert [place["location_id"] for place in made["service_at_locations"]] == ["P1", "P2"]  # type: ignore[attr-defined]
    assert problems == []


def test_hours_that_differ_at_the_second_site_belong_to_that_place(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source(site("P1") + site("P2", services=service(hours="Saturday 9-12"))))
    (made,) = of_kind(records, "service")
    assert made["hours_text"] == "Mon-Fri 9-5"
    assert made["service_at_locations"][1] == {  # type: ignore[index]
        "id": "S1@P2",
        "location_id": "P2",
        "schedules": [{"description": "Saturday 9-12"}],
    }


def test_a_service_met_again_in_another_file_is_there_at_one_more_place(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source(site("P1")), source(site("P2")))
    assert len(of_kind(records, "service")) == 1
    assert of_kind(records, "service_at_location") == [{"id": "S1@P2", "location_id": "P2", "service_id": "S1"}]


def test_a_confidential_address_makes_the_place_confidential(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source(site(secret="true")))
    assert of_kind(records, "location")[1]["confidential"] is True


def test_a_site_at_an_address_that_the_agency_keeps_secret_is_confidential_too(tmp_path: Path) -> None:
    head = '<PhysicalAddress Confidential="false"><Line1>9 Head St</Line1><City>Hull</City></PhysicalAddress>'
    same = site().replace("<Line1>1 Main St</Line1><Line2>Suite 2</Line2>", "<Line1>9 HEAD St</Line1>")
    same = same.replace("<State>QC</State>\n    <ZipCode>J8X 1A1</ZipCode>", "")
    records, _ = read(tmp_path, source(same).replace(head, head.replace("false", "true")))
    assert [place.get("confidential") for place in of_kind(records, "location")] == [True, True]


@pytest.mark.parametrize("exclude", [' ExcludeFromWebsite="true"', ' ExcludeFromDirectory="true"'])
def test_what_the_source_keeps_back_is_not_loaded_and_each_record_is_named(tmp_path: Path, exclude: str) -> None:
    records, problems = read(tmp_path, source(site(), exclude))
    assert records == []
    assert [(problem.kind, problem.severity) for problem in problems] == [
        ("organization", Severity.NOTED),
        ("location", Severity.NOTED),
        ("service", Severity.NOTED),
    ]


def test_a_service_that_is_not_for_the_directory_is_left_out_alone(tmp_path: Path) -> None:
    records, problems = read(tmp_path, source(site(services=service(listed="false"))))
    assert of_kind(records, "service") == []
    assert len(of_kind(records, "location")) == 2
    assert [problem.kind for problem in problems] == ["service"]


def test_an_element_that_nothing_reads_is_kept_aside_and_noted_once(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path, source(site("P1", services=service(more="<Mood>Fine</Mood>")) + site("P2", services=service(more="<Mood>Dull</Mood>")))
    )
    assert of_kind(records, "service")[0]["airs_Mood"] == "Fine"
    assert [problem.field for problem in problems] == ["Mood"]


def test_records_know_the_line_they_began_on(tmp_path: Path) -> None:
    records, _ = read(tmp_path, source("\n\n" + site()))
    lines = {record.data["id"]: record.where.line for record in records}
    text = source("\n\n" + site()).splitlines()
    assert lines["A1"] == next(number for number, line in enumerate(text, 1) if "<Agency>" in line)
    assert lines["P1"] == next(number for number, line in enumerate(text, 1) if "<Site>" in line)
    assert lines["S1"] == next(number for number, line in enumerate(text, 1) if "<SiteService>" in line)


def test_a_document_with_entities_is_refused_in_one_sentence(tmp_path: Path) -> None:
    bomb = "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><Source><Agency><Name>&b;</Name></Agency></Source>"
    with pytest.raises(InvalidInput, match="document type or entities"):
        read(tmp_path, bomb)


def test_a_file_that_breaks_off_gives_what_came_before_and_names_the_line(tmp_path: Path) -> None:
    whole = source(site())
    broken = whole.replace("</Source>", "\n<Agency><Key>A2</Key><Name>Lost")
    records, problems = read(tmp_path, broken)
    assert len(of_kind(records, "organization")) == 1
    assert problems[-1].severity is Severity.REJECTED
    assert problems[-1].where.line == len(broken.splitlines())
    assert "1 agencies before it were read" in problems[-1].message


def test_a_site_without_a_key_gets_one_that_stays_the_same(tmp_path: Path) -> None:
    text = source(site().replace("<Key>P1</Key>", ""))
    once, problems = read(tmp_path, text)
    again, _ = read(tmp_path, text)
    assert of_kind(once, "location")[1]["id"] == of_kind(again, "location")[1]["id"]
    assert [problem.severity for problem in problems] == [Severity.REPAIRED]


def test_elements_laid_too_deep_are_refused(tmp_path: Path) -> None:
    deep = "<Source><Agency>" + "<a>" * 200 + "</a>" * 200 + "</Agency></Source>"
    records, problems = read(tmp_path, deep)
    assert records == []
    assert "deep" in problems[0].message


def test_the_format_is_known_by_its_outermost_element(tmp_path: Path) -> None:
    assert make_reader("airs-xml").sniff(feed_files(tmp_path, {"a.xml": source(site())}))
    assert not make_reader("airs-xml").sniff(feed_files(tmp_path, {"a.xml": "<rss><channel/></rss>"}))
