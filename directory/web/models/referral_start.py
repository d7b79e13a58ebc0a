"""The form of a referral: whom it asks, for which need, and what is chosen already."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from directory.domain.categories import tree
from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, OpeningHours
from directory.domain.people import Actor
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.consent import Hindrance
from directory.services.accounts.roles import named_grants
from directory.services.referrals.asked import Asked, first_known
from directory.services.referrals.slow import Slowness
from directory.web.here import community, parts
from directory.web.languages import language, offered, reading_order
from directory.web.models.card import place_words, room_status
from directory.web.models.referral_words import hindrance_words, urgency_words
from directory.web.models.texts import Line, listing_line
from directory.web.models.whom_panel import ToldFact
from directory.web.person import told
from directory.web.status import Status, access_status
from directory.web.times import age_words, days_ago
from directory.web.whom_words import told_words
from directory.web.wording import _
from directory.web.words import language_name

Choice = tuple[str, str, bool]
"""Value, words, chosen."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """`conditions`: what earlier receivers refused for, each with its day. `told`: what was told of the person in this browser."""

    place: str
    service_id: str
    name: Line
    organization: Line
    where: str
    statuses: tuple[Status, ...]
    takes_referrals: bool
    can_write: bool
    conditions: tuple[tuple[str, str], ...]
    slow: Slowness | None
    whom: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    urgencies: tuple[Choice, ...]
    area: str
    teams: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    told: tuple[ToldFact, ...]
    hindrances: tuple[Choice, ...]
    matters: str
    tried: str
    is_minor: bool
    takes_facts: bool
    calm: bool
    has_more: bool


def start_page(asked: Asked, values: Mapping[str, str], actor: Actor) -> StartPage:
    """With what was written, else with what listing, search and browser tell already."""
    now = parts().clock.now()
    listing, place = asked.listing, asked.place
    access = place.access or Access(OpeningHours(place.zone))
    state = access_status(access_state(access, now), now.astimezone(ZoneInfo(place.zone)))
    written = {name: values.get(name, "")[:2_000] for name in ("matters", "tried", "language", "hindrance")}
    return StartPage(
        place=place.id,
        service_id=listing.id,
        name=listing_line(listing, "name"),
        organization=listing_line(listing.organization, "name") if listing.organization else Line(""),
        where=place_words(listing, place),
        statuses=(state, *(room_status(room, now) for room in listing.rooms)),
        takes_referrals=asked.takes_referrals,
        can_write=asked.can_write,
        conditions=tuple((each.clause, age_words(days_ago(each.at, now))) for each in asked.conditions),
        slow=asked.slow,
        whom=_whom(asked, values),
        categories=_categories(listing.categories, values.get("category", "")),
        urgencies=tuple((each.value, urgency_words(each), values.get("urgency", Urgency.ROUTINE) == each) for each in Urgency),
        area=values.get("lives", values.get("near", "")) or _told_area(),
        teams=_teams(actor, values.get("team", "")),
        languages=_languages(written["language"]),
        told=tuple(ToldFact(name, words) for name, words in told_words(told().person.told).items()),
        hindrances=tuple((each.value, hindrance_words(each), written["hindrance"] == each) for each in Hindrance),
        matters=written["matters"],
        tried=written["tried"],
        is_minor=bool(values.get("minor")),
        takes_facts=bool(values.get("facts")),
        calm=bool(values.get("calm")),
        has_more=any(written.values()) or bool(values.get("minor")),
    )


def _whom(asked: Asked, values: Mapping[str, str]) -> tuple[Choice, ...]:
    """Somebody new, one of the needs that are open, or another need of the same person."""
    chosen = values.get("whom", "")
    now = parts().clock.now()
    found: list[Choice] = [("new", _("Somebody new: they get a code to carry"), chosen in ("", "new"))]
    for need in asked.needs:
        about = {"code": need.code, "need": tree.name(need.category, language()), "when": age_words(days_ago(need.made_at, now))}
        value = f"need:{need.id}"
        found.append((value, _("%(code)s: %(need)s, begun %(when)s", **about), chosen == value))
    for need in asked.needs:
        value = f"person:{need.id}"
        found.append((value, _("Another need of %(code)s", code=need.code), chosen == value))
    return tuple(found)


def category_choices(chosen: str) -> tuple[Choice, ...]:
    """All needs in the reader's order."""
    return _categories((), chosen)


def _categories(own: tuple[str, ...], chosen: str) -> tuple[Choice, ...]:
    """What the listing is filed under first, then the others."""
    first = chosen if chosen in {row.slug for row in tree.read_rows()} else next(iter(own), "")
    slugs = [row.slug for row in tree.read_rows()]
    others = sorted((slug for slug in slugs if slug not in own), key=lambda slug: reading_order(tree.name(slug, language())))
    return tuple((slug, tree.name(slug, language()), slug == first) for slug in (*own, *others))


def _told_area() -> str:
    """Where the person lives, as this browser was told; else the community's own place, where that is known as one: what stands in the form
    already must never be what keeps it from being sent."""
    area, own = told().person.told.get("area"), community().place
    return first_known(parts(), *([area] if isinstance(area, str) else []), own, own.partition(",")[0])


def _teams(actor: Actor, chosen: str) -> tuple[Choice, ...]:
    grants = [grant for grant in actor.grants if grant.organization_id in actor.organizations()]
    names = {grant.organization_id: name for grant, name in named_grants(parts(), grants).items()}
    return tuple((key, name, key == chosen) for key, name in sorted(names.items(), key=lambda pair: reading_order(pair[1])))


def _languages(chosen: str) -> tuple[Choice, ...]:
    known = {
        value: language_name(value) for value in (*offered(), "en", "fr", "es", "ar", "so", "ti", "uk", "zh", "pa", "fa", "pt", "vi", "ht")
    }
    ordered = sorted(known.items(), key=lambda pair: reading_order(pair[1]))
    return (("", _("Not known"), not chosen), *((value, words, value == chosen) for value, words in ordered))
