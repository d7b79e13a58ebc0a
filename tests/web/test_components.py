"""The page of components has every component, each as it is used."""

import re

import pytest
from flask.testing import FlaskClient

from directory.web.blueprint import template_folder
from directory.web.static_files import icon_names
from tests.web.html import read

TEMPLATES = template_folder()
MACROS = sorted(path.stem for path in (TEMPLATES / "macros").glob("*.html"))
PART_OF_OTHERS = {"area_map", "own_places", "step", "icon", "danger", "edit_field", "edit_hours", "edit_rows", "edit_whom"}
"""Seen on every page, or inside other components."""


@pytest.mark.parametrize("name", [name for name in MACROS if name not in PART_OF_OTHERS])
def test_every_component_is_shown_for_review(name: str):
    page = (TEMPLATES / "about" / "components.html").read_text()
    (imported,) = re.findall(rf'macros/{name}.html" import ([\w, ]+?)(?: with context)? %', page)
    for macro in imported.split(", "):
        assert re.search(rf"(?:\{{\{{|call|%\}}) ?{macro}\(", page), f"{macro} is imported and not shown"


def test_every_icon_that_a_page_names_is_in_the_sprite(client: FlaskClient):
    for address in ("/", "/search?q=food&near=19104&when=now", "/components", "/about"):
        for element in read(client.get(address).text).find("use"):
            assert element.attributes["href"].partition("#")[2] in icon_names()


def test_each_need_of_the_first_page_has_its_icon(client: FlaskClient):
    drawn = {element.attributes["href"].partition("#")[2] for element in read(client.get("/").text).find("use")}
    assert len([name for name in drawn if name.startswith("need-")]) == 12
