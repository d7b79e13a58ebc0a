"""What was understood of a search and what was chosen, as chips that can each be taken away."""

from dataclasses import dataclass, replace
from datetime import datetime

from directory.services.finding.request import FindRequest
from directory.services.finding.results import Chip, ChipKind, FindPage
from directory.web.amounts import radius_words
from directory.web.here import community_zone
from directory.web.models.searches import Step, first_page, step_to, without_chip, without_field
from directory.web.times import asked_moment
from directory.web.wording import _
from directory.web.words import facet_value_name
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class ShownChip:
    """`words` are the person's own words, where the chip was read out of them; `without` is the search that lacks it."""

    text: str
    without: Step
    words: str = ""
    icon: str = ""


def shown_chips(request: FindRequest, page: FindPage) -> tuple[ShownChip, ...]:
    """All chips of a search, those read out of the words first."""
    labels = {(group.facet, value.value): value.label for group in page.facets for value in group.values if value.label}
    answered = sorted(page.chips, key=lambda chip: not chip.key)
    shown = [
        ShownChip(_text(chip, labels), step_to(without_chip(request, chip)), chip.words if chip.key else "", _icon(chip))
        for chip in answered
    ]
    return (*shown, *_chosen_otherwise(request))


def asked_time(page: FindPage) -> tuple[datetime, datetime | None] | None:
    """The moment or window that was asked for; None when it is now or none was."""
    for chip in page.chips:
        start, end = chip.data.get("start"), chip.data.get("end")
        if chip.code == "open_at" and not chip.data.get("now") and isinstance(start, datetime):
            return start, end if isinstance(end, datetime) else None
    return None


def _icon(chip: Chip) -> str:
    return {ChipKind.PLACE: "pin", ChipKind.TIME: "clock", ChipKind.DISTANCE: "radius", ChipKind.CONCEPT: "", ChipKind.FACET: ""}[chip.kind]


def _text(chip: Chip, labels: dict[tuple[Facet, str], str]) -> str:
    if chip.kind is ChipKind.PLACE:
        return _("near %(place)s", place=str(chip.data["name"]))
    if chip.kind is ChipKind.DISTANCE:
        return _("within %(distance)s", distance=radius_words(float(str(chip.data["km"]))))
    if chip.kind is ChipKind.TIME:
        return _time_text(chip)
    if chip.kind is ChipKind.CONCEPT:
        return facet_value_name(Facet.CATEGORY, str(chip.data["category"]))
    facet, value = Facet(str(chip.data["facet"])), str(chip.data["value"])
    return labels.get((facet, value)) or facet_value_name(facet, value)


def _time_text(chip: Chip) -> str:
    start, end = chip.data.get("start"), chip.data.get("end")
    if chip.data.get("now") or not isinstance(start, datetime):
        return _("open now")
    return _("open %(moment)s", moment=asked_moment(_local(start), _local(end) if isinstance(end, datetime) else None))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(community_zone()) if moment.tzinfo else moment


def _chosen_otherwise(request: FindRequest) -> list[ShownChip]:
    """What was chosen in fields that an answer has no chips for."""
    chosen = []
    if request.serves:
        chosen.append(ShownChip(_("serves %(place)s", place=request.serves), step_to(without_field(request, "serves")), icon="pin"))
    if request.known_only:
        chosen.append(ShownChip(_("only where it is known"), step_to(without_field(request, "known_only"))))
    if request.box:
        chosen.append(ShownChip(_("in this part of the map"), step_to(without_field(request, "box")), icon="map"))
    if request.ignore:
        chosen.append(ShownChip(_("words searched as written"), step_to(replace(first_page(request), ignore=()))))
    return chosen
