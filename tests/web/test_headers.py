"""What every answer tells the browser, and what no page may hold: safe headers, no inline code, nothing from elsewhere, a small page."""

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web.headers import content_policy
from tests.support.neighbourhood import ORGANIZATION, PANTRY, PANTRY_PLACE
from tests.web.html import read

PAGES = (
    "/",
    "/search?q=food&near=19104&when=now",
    f"/services/{PANTRY}",
    f"/services/{PANTRY}/suggest",
    f"/services/{PANTRY}/partners",
    f"/organizations/{ORGANIZATION}",
    f"/organizations/{ORGANIZATION}/history",
    f"/locations/{PANTRY_PLACE}",
    "/needs",
    "/needs/housing",
    "/about",
    "/about/referral-clocks",
    "/outcomes",
    "/rules",
    "/rules/suggest-partners",
    "/components",
    "/embed",
    "/list",
    "/list/print",
    "/l",
    "/lists",
    "/sign-in",
    "/away",
    "/code",
    "/nowhere",
)
LARGEST_SEARCH_PAGE_BYTES = 60_000


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_the_headers_that_keep_people_safe(client: FlaskClient, address: str):
    answer = client.get(address)
    headers = answer.headers
    assert answer.status_code == (404 if address == "/nowhere" else 200)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_code_or_style(client: FlaskClient, address: str):
    for element in read(client.get(address).text).elements:
        assert element.tag != "style"
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        is_data = element.attributes.get("type") == "application/ld+json"
        assert element.tag != "script" or "src" in element.attributes or is_data


@pytest.mark.parametrize("address", PAGES)
def test_no_page_fetches_anything_from_elsewhere(client: FlaskClient, address: str):
    for element in read(client.get(address).text).elements:
        fetched = element.attributes.get("src") or (element.attributes.get("href") if element.tag in ("link", "use") else "")
        assert not fetched or fetched.startswith("/")


def test_map_pictures_may_come_from_the_one_server_that_was_named():
    assert "img-src 'self';" in content_policy("")
    assert "img-src 'self' data: https://*.tiles.example;" in content_policy("https://{s}.tiles.example/{z}/{x}/{y}.png")


def test_our_own_files_are_kept_for_a_year_under_the_name_of_what_they_hold(client: FlaskClient):
    page = read(client.get("/").text)
    style = page.one("link", rel="stylesheet").attributes["href"]
    assert client.get(style).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(re.sub(r"/static/\w+/", "/static/anold0hash/", style)).headers["Cache-Control"] == "no-cache"


def test_a_static_file_that_is_none_is_not_found(client: FlaskClient):
    assert client.get("/static/x/../../settings.py").status_code == 404
    assert client.get("/static/x/nothing.js").status_code == 404


def test_leaflet_comes_from_its_package_and_only_what_the_map_uses(client: FlaskClient):
    section = read(client.get("/search?q=food").text).one("section", "map")
    script = client.get(section.attributes["data-leaflet"])
    assert script.status_code == 200
    assert "Leaflet" in script.text[:200]
    assert client.get(section.attributes["data-leaflet"].replace("leaflet.js", "leaflet.js.map")).status_code == 404


def test_pages_travel_compressed_to_browsers_that_read_it(client: FlaskClient):
    plain, packed = client.get("/"), client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers


def test_the_whole_search_page_is_light(app: Flask, client: FlaskClient):
    packed = {"Accept-Encoding": "gzip"}
    first = client.get("/search?q=food&near=19104", headers=packed)
    own = {element.attributes["src"] for element in read(client.get("/search?q=food").text).find("script")}
    own |= {
        address(app, name)
        for name in app.extensions["static_files"].contents
        if name.startswith("js/") or name in ("site.css", "icons.svg", "mark.svg")
    }
    weight = len(first.data) + sum(len(client.get(name, headers=packed).data) for name in own)
    assert weight < LARGEST_SEARCH_PAGE_BYTES


def address(app: Flask, name: str) -> str:
    return f"/static/{app.extensions['static_files'].version}/{name}"
