"""Colours that can be read: text at 7:1 on every ground it stands on, edges of controls at 3:1, by day and in the dark."""

import re

import pytest

from directory.web.static_files import FOLDER

CSS = (FOLDER / "css" / "tokens.css").read_text()
TEXT_ON = tuple(
    (text, ground)
    for ground, texts in {
        "paper": ("ink", "ink-soft", "accent", "ask", "danger"),
        "sheet": ("ink", "ink-soft", "accent"),
        "sunk": ("ink", "ink-soft", "accent", "danger"),
        "accent-ground": ("ink", "ink-soft", "accent"),
        "accent": ("on-accent",),
        "ink": ("paper",),
        "mark": ("ink",),
        "open-ground": ("open",),
        "ask-ground": ("ask",),
        "closed-ground": ("closed",),
        "danger-ground": ("danger",),
    }.items()
    for text in texts
)
EDGES_ON = (("edge", "paper"), ("edge", "sheet"), ("edge", "sunk"), ("accent", "paper"), ("open", "closed-ground"))


def schemes() -> dict[str, dict[str, str]]:
    day, _at, night = CSS.partition("prefers-color-scheme: dark")
    by_day = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", day))
    return {"day": by_day, "dark": {**by_day, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", night))}}


def luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["day", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str):
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["day", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON)
def test_edges_of_controls_can_be_seen(scheme: str, edge: str, ground: str):
    colours = schemes()[scheme]
    assert contrast(colours[edge], colours[ground]) >= 3
