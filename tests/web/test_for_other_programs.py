"""What other programs are given of the pages: a feed of changes, a sitemap, words of schema.org, a search box for other sites."""

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import app_of
from directory.services.listings import addresses
from directory.services.parts import Parts
from directory.settings import Settings, SettingsError, read_settings
from directory.store.tables import Source
from directory.web.models.json_ld import as_script
from tests.support.neighbourhood import CLINIC, MERGED, ORGANIZATION, PANTRY, PANTRY_PLACE, PHONE_LINE, SECRET_PLACE, SHELTER, WITHDRAWN
from tests.web.html import read

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


def feed(client: FlaskClient, address: str = "/feeds/changes.atom") -> Xml.Element:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return Xml.fromstring(answer.data)


def test_the_feed_tells_each_listing_once_under_an_id_that_stays(client: FlaskClient):
    found = feed(client)
    told = [entry.findtext("a:id", namespaces=ATOM) for entry in found.findall("a:entry", ATOM)]
    assert sorted(told) == sorted(f"urn:uuid:{key}" for key in (PANTRY, CLINIC, SHELTER, PHONE_LINE))
    gone = {entry.get("ref") for entry in found.findall("at:deleted-entry", ATOM)}
    assert gone == {f"urn:uuid:{WITHDRAWN}", f"urn:uuid:{MERGED}"}
    for name in ("id", "title", "updated", "author"):
        assert found.find(f"a:{name}", ATOM) is not None
    moments = [entry.findtext("a:updated", namespaces=ATOM) or "" for entry in found.findall("a:entry", ATOM)]
    assert moments == sorted(moments, reverse=True)


def test_an_entry_says_what_it_is_and_whose(client: FlaskClient):
    entries = {entry.findtext("a:title", namespaces=ATOM): entry for entry in feed(client).findall("a:entry", ATOM)}
    pantry = entries["Food pantry"]
    assert pantry.find("a:link[@rel='alternate']", ATOM).get("href") == f"http://localhost/services/{PANTRY}"  # type: ignore[union-attr]
    assert pantry.findtext("a:author/a:name", namespaces=ATOM) == "Harbour House"
    assert "CC0-1.0" in (pantry.findtext("a:rights", namespaces=ATOM) or "")
    assert pantry.find("a:category", ATOM) is not None


def test_what_is_gone_is_told_without_its_name(client: FlaskClient):
    assert "Food truck" not in client.get("/feeds/changes.atom").text


def test_pages_of_the_feed_follow_one_another_until_all_is_told(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("directory.services.exchange.serving.changes.PER_PAGE", 2)
    address: str | None = "/feeds/changes.atom"
    told: list[str] = []
    while address:
        found = feed(client, address)
        told += [entry.findtext("a:id", namespaces=ATOM) or "" for entry in found.findall("a:entry", ATOM)]
        told += [entry.get("ref") or "" for entry in found.findall("at:deleted-entry", ATOM)]
        following = found.find("a:link[@rel='next']", ATOM)
        address = following.get("href") if following is not None else None
    assert len(told) == len(set(told)) == 6


def test_an_unchanged_feed_is_not_sent_again_and_a_wrong_page_is_named(client: FlaskClient):
    first = client.get("/feeds/changes.atom")
    assert client.get("/feeds/changes.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get("/feeds/changes.atom?before=yesterday").status_code == 400


def addresses_in(client: FlaskClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r"<loc>http://localhost([^<]*)</loc>", answer.text)


def test_the_sitemap_leads_to_every_public_page_and_to_no_confidential_place(client: FlaskClient):
    found = [page for part in addresses_in(client, "/sitemap.xml") for page in addresses_in(client, part)]
    assert {f"/services/{key}" for key in (PANTRY, CLINIC, SHELTER, PHONE_LINE)} <= set(found)
    assert {f"/organizations/{ORGANIZATION}", f"/locations/{PANTRY_PLACE}", "/", "/needs"} <= set(found)
    assert not {f"/locations/{SECRET_PLACE}", f"/services/{WITHDRAWN}", f"/services/{MERGED}"} & set(found)
    assert all(client.get(page).status_code == 200 for page in found)
    assert "<lastmod>2026-" in client.get("/sitemaps/services-1.xml").text


def test_a_sitemap_has_parts_and_no_more_than_there_are(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    for module in ("directory.services.listings.addresses", "directory.web.sitemap"):
        monkeypatch.setattr(f"{module}.MOST_IN_ONE", 3)
    services = [part for part in addresses_in(client, "/sitemap.xml") if "services" in part]
    assert services == ["/sitemaps/services-1.xml", "/sitemaps/services-2.xml"]
    assert sum(len(addresses_in(client, part)) for part in services) == 4
    assert client.get("/sitemaps/services-3.xml").status_code == client.get("/sitemaps/services-0.xml").status_code == 404


def test_robots_are_told_where_the_map_is_and_to_leave_searches_alone(client: FlaskClient):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text
    assert "Disallow: /search" in text
    assert read(client.get("/search?q=food").text).one("meta", name="robots").attributes["content"] == "noindex"


def data_of(client: FlaskClient, address: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).text, re.DOTALL)
    value: dict[str, Any] = json.loads(found)
    assert value["@context"] == "https://schema.org"
    return value


def test_a_service_is_told_in_the_words_of_schema_org(client: FlaskClient):
    value = data_of(client, f"/services/{PANTRY}")
    assert (value["@type"], value["name"], value["url"]) == ("Service", "Food pantry", f"http://localhost/services/{PANTRY}")
    assert value["provider"]["name"] == "Harbour House"
    (channel,) = value["availableChannel"]
    assert channel["serviceLocation"]["address"]["postalCode"] == "19104"
    assert channel["serviceLocation"]["geo"]["latitude"] == 39.96
    assert channel["servicePhone"] == [{"@type": "ContactPoint", "telephone": "+12155550101"}]
    monday = channel["hoursAvailable"][0]
    assert (monday["dayOfWeek"], monday["opens"], monday["closes"]) == ("https://schema.org/Monday", "09:00", "17:00")


def test_organizations_and_locations_are_told_too_and_a_confidential_place_is_not(client: FlaskClient):
    assert data_of(client, f"/organizations/{ORGANIZATION}")["@type"] == "Organization"
    assert data_of(client, f"/locations/{PANTRY_PLACE}")["address"]["streetAddress"] == "1 Main Street"
    secret = client.get(f"/locations/{SECRET_PLACE}")
    assert "ld+json" not in secret.text
    assert read(secret.text).one("meta", name="robots").attributes["content"] == "noindex"
    (channel,) = data_of(client, f"/services/{SHELTER}")["availableChannel"]
    assert "serviceLocation" not in channel


def test_sample_data_is_told_to_no_search_engine(parts: Parts):
    from tests.support.neighbourhood import furnish

    furnish(parts)
    with parts.database.writing() as session:
        session.query(Source).update({"is_sample": True})
        session.commit()
    client = app_of(parts).test_client()
    page = client.get(f"/services/{PANTRY}").text
    assert "ld+json" not in page
    assert read(page).one("meta", name="robots").attributes["content"] == "noindex"
    assert [addresses.count_addresses(parts, kind) for kind in addresses.KINDS] == [0, 0, 0]


def test_nothing_in_a_data_block_can_end_it():
    text = as_script({"name": "</script><script>alert(1)</script><!--", "and": "a & b"})
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text)["name"].startswith("</script>")


def copied(client: FlaskClient, address: str) -> list[str]:
    """What stands in the fields to copy from, as a person would copy it."""
    from html import unescape

    return [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", client.get(address).text, re.DOTALL)]


def test_the_copied_form_opens_the_results_here_as_it_was_set_up(client: FlaskClient):
    (lines,) = copied(client, "/embed?near=19104&category=food&lang=en")
    form = read(lines)
    assert form.one("form").attributes["action"] == "http://localhost/search"
    fields = {element.attributes["name"]: element.attributes.get("value", "") for element in form.find("input")}
    assert fields == {"q": "", "near": "19104", "category": "food", "lang": "en"}
    assert "script" not in lines
    assert client.get("/search", query_string={**fields, "q": "soup"}).status_code == 200


def test_what_is_set_up_cannot_leave_its_place(client: FlaskClient):
    (lines,) = copied(client, '/embed?near="><script>alert(1)</script>&category=nothing')
    assert [element.tag for element in read(lines).elements if element.tag == "script"] == []
    assert "nothing" not in lines


def framed_by(app: Flask) -> str:
    answer = app.test_client().get("/embed/box?near=19104")
    assert "X-Frame-Options" not in answer.headers
    (rule,) = [rule for rule in answer.headers["Content-Security-Policy"].split("; ") if rule.startswith("frame-ancestors")]
    return rule


def test_the_box_is_framed_by_the_named_sites_and_by_no_other(furnished: Parts):
    assert framed_by(app_of(furnished)) == "frame-ancestors 'self'"
    hosts = "https://school.example https://*.city.example:8443"
    named = app_of(replace(furnished, settings=Settings(**{**furnished.settings.model_dump(), "embed_hosts": hosts})))
    assert framed_by(named) == f"frame-ancestors 'self' {hosts}"
    assert named.test_client().get("/embed").headers["X-Frame-Options"] == "DENY"
    assert len(copied(named.test_client(), "/embed")) == 2


@pytest.mark.parametrize("wrong", ["school.example", "https://school.example/page", "*", "https://a.example; script-src *", "javascript:x"])
def test_a_site_that_is_none_is_refused(wrong: str):
    with pytest.raises(SettingsError, match="EMBED_HOSTS"):
        read_settings(embed_hosts=wrong)


def test_the_box_sets_no_cookie_and_runs_no_script(client: FlaskClient):
    answer = client.get("/embed/box?near=19104&lang=es")
    assert "Set-Cookie" not in answer.headers
    assert read(answer.text).find("script") == []
