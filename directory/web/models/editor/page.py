"""The editor as a page shows it: sections in the order in which things go out of date, each with what it says and what is wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.domain.editing.fields import TRANSLATED, field_of
from directory.domain.editing.keys import LOCATION, SERVICE, SITE, Key, of_record
from directory.domain.said import language_of
from directory.rules.listed import DISCLOSURES
from directory.services.editing.read import EditedListing
from directory.web.models.editor.told import field_label, value_lines, wrong_words
from directory.web.models.editor.whom import WhomView
from directory.web.times import age_words, days_ago
from directory.web.wording import _
from directory.web.words import language_name

_HOURS = ("hours", "exceptions", "intake")
_PLACE_FIRST = ("name", "location_type", "address", "confidential")
_PLACE_THEN = ("transportation", "access", "phones", "languages", "point", "description")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field that is wrong, for the list at the top. `anchor` is the id of what to mend."""

    key: str
    anchor: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Section:
    """`now`: what it says at present, in a line. `place`: id of the service at the place that it is about, "" for the listing itself."""

    id: str
    title: str
    keys: tuple[str, ...]
    now: str = ""
    is_open: bool = False
    hint: str = ""
    place: str = ""
    location: str = ""
    is_secret: bool = False
    is_foreign: bool = False
    shared: int = 0


@dataclass(frozen=True, slots=True)
class EditorPage:
    """`form` holds raw values; `has_draft`: something of it is not published. `more`: key -> how many blank lines to show."""

    kind: str
    id: str
    name: str
    organization: str
    organization_id: str
    form: Mapping[str, Any]
    base: Mapping[str, Any]
    base_token: str
    sections: tuple[Section, ...]
    wrong: tuple[Wrong, ...]
    zone: ZoneInfo
    draft_age: str = ""
    is_new: bool = False
    conflicts: int = 0
    more: Mapping[str, int] = field(default_factory=dict)
    text_ages: Mapping[str, str] = field(default_factory=dict)
    whom: WhomView | None = None

    def value(self, key: str) -> Any:
        found = self.form.get(key)
        return field_of(key, self.kind).empty if found is None else found

    def label(self, key: str) -> str:
        return field_label(key, self.kind)

    def wrong_at(self, key: str) -> str:
        return next((each.message for each in self.wrong if each.key == key), "")

    def name_of(self, key: str) -> str:
        """The field's own name, by which the page chooses how to ask for it."""
        return field_of(key, self.kind).name

    def blanks(self, key: str, least: int) -> int:
        return self.more.get(key, least)


def editor_page(
    listing: EditedListing, form: Mapping[str, Any], base: Mapping[str, Any], *, base_token: str, errors: Mapping[str, str],
    languages: Sequence[str], now: datetime, zone: ZoneInfo, draft_at: datetime | None = None, is_new: bool = False, conflicts: int = 0,
    more: Mapping[str, int] | None = None, opened: str = "", whom: WhomView | None = None,
) -> EditorPage:  # fmt: skip
    """Everything that the page of the editor shows."""
    sections = _sections(listing, form, languages)
    open_ids = {opened} | {section.id for section in sections if any(key in errors for key in section.keys)}
    shown = tuple(
        _with_words(section, form, listing.kind, zone, is_open=section.id in open_ids or (is_new and section.id == "what"))
        for section in sections
    )
    wrong = tuple(Wrong(key, anchor(key), field_label(key, listing.kind), wrong_words(message)) for key, message in errors.items())
    return EditorPage(
        kind=listing.kind,
        id=listing.id,
        name=str(form.get("name") or listing.name),
        organization=listing.organization,
        organization_id=listing.organization_id or "",
        form=form,
        base=base,
        base_token=base_token,
        sections=shown,
        wrong=wrong,
        zone=zone,
        draft_age=age_words(days_ago(draft_at, now)) if draft_at else "",
        is_new=is_new,
        conflicts=conflicts,
        more=more or {},
        text_ages=_text_ages(listing, now),
        whom=whom,
    )


def anchor(key: str) -> str:
    """The id of a field on the page."""
    return "f-" + "".join(sign if sign.isalnum() else "-" for sign in key)


def _sections(listing: EditedListing, form: Mapping[str, Any], languages: Sequence[str]) -> list[Section]:
    if listing.kind != SERVICE:
        own = [Section("what", _("What it is"), ("name", "alternate_name", "description", "sector"))]
        reach = [Section("reach", _("How to reach it"), ("phones", "email", "website", "contacts"))]
        return [*own, *reach, *_texts(listing.kind, form, languages)]
    sites: Mapping[str, str] = form.get("places") or {}
    return [
        Section("now", _("Right now"), ("capacity", "alert", "status")),
        Section("hours", _("Hours"), (*_hours_in_force(form, sites), "closed_on_holidays", "hours_text")),
        Section("reach", _("How to reach you"), ("phones", "email", "url", "contacts")),
        Section("in", _("How to get in"), ("ways_in", "application_process", "remote", "information_shared", *DISCLOSURES)),
        Section("who", _("Who it is for"), ("criteria", "eligibility_description", "served", "languages", "interpretation_services")),
        Section("bring", _("Cost and what to bring"), ("cost", "fees_description", "amounts", "documents")),
        Section("what", _("What it is"), ("name", "alternate_name", "description", "categories", "text_language")),
        *(_place(listing, form, site, location, len(sites) > 1) for site, location in sites.items()),
        *_texts(SERVICE, form, languages),
        Section("listed", _("Take it out of the list"), ("listed",)),
    ]


def _hours_in_force(form: Mapping[str, Any], sites: Mapping[str, str]) -> tuple[str, ...]:
    """The hours that readers see: those of the service at its only place where it has some, else its own, else those of the place."""
    if len(sites) == 1:
        ((site, location),) = sites.items()
        for record, record_id in ((SITE, site), ("", ""), (LOCATION, location)):
            keys = tuple(of_record(record, record_id, name) if record else name for name in _HOURS)
            if any(form.get(key) for key in keys) and all(key in form for key in keys):
                return keys
    return _HOURS


def _place(listing: EditedListing, form: Mapping[str, Any], site: str, location: str, is_one_of_several: bool) -> Section:
    is_secret = [key for key in form if key.startswith(f"location:{location}:")] == [of_record(LOCATION, location, "confidential")]
    in_force = () if is_one_of_several else _hours_in_force(form, {site: location})
    hours = [of_record(SITE, site, name) for name in _HOURS] if is_one_of_several else []
    of_service = [of_record(SITE, site, name) for name in ("description", "served", "phones")]
    of_service = [key for key in of_service if is_one_of_several or form.get(key)]
    first, then = ([of_record(LOCATION, location, name) for name in names] for names in (_PLACE_FIRST, _PLACE_THEN))
    building = [of_record(LOCATION, location, name) for name in _HOURS]
    shows_building = is_one_of_several and any(form.get(key) for key in building) and not any(key in in_force for key in building)
    is_foreign = location in listing.foreign
    is_others = is_secret or is_foreign
    keys = [
        *([] if is_others else first),
        *hours,
        *([] if is_others else [*then, *(building if shows_building else ())]),
        *of_service,
    ]
    name = "" if is_secret else str(form.get(of_record(LOCATION, location, "name")) or "")
    address = {} if is_secret else form.get(of_record(LOCATION, location, "address")) or {}
    title = name or address.get("address_1") or _("a place without an address")
    return Section(
        id=f"place-{site}",
        title=_("Place: %(name)s", name=_("address kept secret") if is_secret else title),
        keys=tuple(keys),
        place=site,
        location=location,
        is_secret=is_secret,
        is_foreign=is_foreign,
        shared=listing.shared.get(location, 0),
    )


def _texts(kind: str, form: Mapping[str, Any], languages: Sequence[str]) -> list[Section]:
    told = str(form.get("description") or form.get("name") or "")
    own = str(form.get("text_language") or "") or language_of(told) or next(iter(languages), "")
    known = {key.split(":")[1] for key in form if key.startswith("text:")}
    wanted = [code for code in dict.fromkeys((*languages, *sorted(known))) if code != own]
    return [
        Section(
            id=f"text-{code}",
            title=_("In %(language)s", language=language_name(code)),
            keys=tuple(
                str(Key(name, language=code)) for name in TRANSLATED[kind] if form.get(name) or form.get(str(Key(name, language=code)))
            ),
        )
        for code in wanted
    ]


def _with_words(section: Section, form: Mapping[str, Any], kind: str, zone: ZoneInfo, *, is_open: bool) -> Section:
    values = {key: form.get(key) for key in section.keys}
    said = [text for key, value in values.items() if not isinstance(value, bool) for text in value_lines(key, value, kind, zone)]
    now = "; ".join(said[:3]) + (" …" if len(said) > 3 else "")
    return Section(
        section.id, section.title, section.keys, now[:160], is_open, section.hint, section.place, section.location, section.is_secret,
        section.is_foreign, section.shared,
    )  # fmt: skip


def _text_ages(listing: EditedListing, now: datetime) -> dict[str, str]:
    """How old each text in another language is, and whether a program wrote it."""
    found = {}
    for key, at in listing.texts_at.items():
        words = _("written %(age)s", age=age_words(days_ago(at, now)))
        found[key] = _("%(age)s, by a program: check it", age=words) if key in listing.machine else words
    return found
