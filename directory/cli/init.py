"""`directory init`: an empty community of your own."""

import sys
from typing import Any

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell
from directory.domain.community import INFORMATION, Community, CrisisNumber
from directory.domain.danger.kinds import DangerKind
from directory.domain.errors import InvalidInput, Refused

EMERGENCY_NUMBERS = {"CA": "911", "US": "911", "GB": "999"}
CRISIS_HELP = (
    "A line to call in danger; repeat. WHEN says what for and when it answers. KINDS, with commas between: "
    f"{', '.join(DangerKind)}, or {INFORMATION}; none: any danger. TEXT: the number that takes texts."
)


def read_crisis_number(text: str, emergency_numbers: frozenset[str]) -> CrisisNumber:
    """`NUMBER=NAME[=WHEN[=KINDS[=TEXT]]]`, as in `988=Suicide Crisis Helpline=day and night=suicide=988`. Raise `InvalidInput`.

    KINDS are dangers with commas between (none: any), or `information`; TEXT is the number that takes texts.
    """
    fields = [field.strip() for field in text.split("=")]
    if len(fields) < 2 or len(fields) > 5 or not fields[0] or not fields[1]:
        raise InvalidInput("crisis_number", f"A crisis number is written NUMBER=NAME[=WHEN[=KINDS[=TEXT]]]; this is “{text}”.")
    number, name, when, kinds, text_number = (*fields, "", "", "")[:5]
    emergency = number in emergency_numbers
    return CrisisNumber(number, {"en": name}, {"en": when}, text_number=text_number, emergency=emergency, kinds=_kinds(kinds))


def _kinds(written: str) -> tuple[str, ...]:
    known = (*(kind.value for kind in DangerKind), INFORMATION)
    kinds = tuple(kind.strip() for kind in written.split(",") if kind.strip())
    wrong = [kind for kind in kinds if kind not in known]
    if wrong:
        raise InvalidInput("crisis_number", f"“{wrong[0]}” is not a kind of danger; the kinds are {', '.join(known)}.")
    return kinds


@click.command()
@click.option("--name", help="What the directory is called, as in “Riverside shared directory”.")
@click.option("--place", help="City or area, as in “Ottawa”.")
@click.option("--country", help="ISO 3166 code of two letters, as in CA.")
@click.option("--region", help="Province or state by its code, as in ON.")
@click.option("--zone", help="IANA time zone, as in America/Toronto; known places have one.")
@click.option("--languages", default="en", show_default=True, help="Languages of the pages, with commas between, as in en,fr.")
@click.option("--crisis-number", "crisis_numbers", multiple=True, metavar="NUMBER=NAME[=WHEN[=KINDS[=TEXT]]]", help=CRISIS_HELP)
@click.option("--within-km", type=click.FloatRange(1, 500), default=25.0, show_default=True, help="How far “near” reaches.")
@click.option("--mail", default="", help="Address that people can write to.")
@click.option("--domain", default="", help="Domain that the directory is served at.")
@click.option("--yes", is_flag=True, help="Start over where there is a community already; a copy of an SQLite database is kept.")
@acting_as
@as_json
def init(actor: str, as_json: bool, yes: bool, **given: Any) -> None:
    """Make an empty community of your own.

    Asks for what was not given when there is somebody to ask.
    """
    from directory.services.indexing.rebuild_each import rebuild_each
    from directory.services.listings.community import save_community
    from directory.services.starting import is_empty, keep_a_copy, start_over
    from directory.store.migrate import upgrade

    with opened_parts() as parts:
        upgrade(parts.database)
        empty = is_empty(parts)
        if not empty and not yes:
            raise Refused("There is a community here already; give --yes to start over, or another --data folder to `run`.")
        community = ask_community(parts, given)
        kept = None if empty else keep_a_copy(parts)
        if not empty:
            start_over(parts)
        save_community(parts, actor, community)
        with progress_bar("Making an empty search index") as progress:
            rebuild_each(parts, actor, progress)
    if as_json:
        print_json({"name": community.name, "place": community.place, "zone": community.zone, "kept": str(kept) if kept else None})
        return
    if kept:
        tell(f"The database as it was is kept in {kept}.")
    tell(f"{community.name} is ready and empty. Next: directory import PATH --source NAME")


def ask_community(parts: Any, given: dict[str, Any]) -> Community:
    """The community from what was given, what the gazetteer knows of the place, and what a person answers."""
    numbers = _crisis_numbers(given["crisis_numbers"])
    name = _asked("name", given["name"], "What is the directory called")
    place = _asked("place", given["place"], "Which city or area")
    country = _checked_country(_asked("country", given["country"], "Country, by its two letters").upper())
    region = _asked("region", given["region"], "Province or state, by its code", "").upper()
    known = _known_place(parts, place, country, region)
    zone = _asked("zone", given["zone"], "Time zone", known.zone if known else "")
    return Community(
        name=name,
        place=place,
        country=country,
        region=region,
        zone=_checked_zone(zone),
        latitude=known.point.latitude if known else None,
        longitude=known.point.longitude if known else None,
        languages=tuple(code.strip().lower() for code in given["languages"].split(",") if code.strip()) or ("en",),
        crisis_numbers=numbers or _asked_crisis_number(country),
        default_within_km=given["within_km"],
        mail=given["mail"],
        domain=given["domain"],
    )


def _asked(name: str, given: str | None, question: str, usual: str | None = None) -> str:
    """What was given, else what is usual or what a person answers; `InvalidInput` where nobody can be asked and nothing is usual."""
    if given is not None:
        return given.strip()
    if sys.stdin.isatty():
        return str(click.prompt(question, default=usual, err=True)).strip()
    if usual is not None and (usual or name == "region"):
        return usual
    raise InvalidInput(name, f"Nobody can be asked here; give --{name}.")


def _known_place(parts: Any, place: str, country: str, region: str) -> Any:
    from directory.domain.place import Bias

    return parts.geocoding.lookup(", ".join(filter(None, (place, region))), bias=Bias(country=country, region=region)).place


def _checked_country(country: str) -> str:
    if len(country) != 2 or not country.isalpha():
        raise InvalidInput("country", f"The country (--country) is a code of two letters, such as CA; this is “{country}”.")
    return country


def _checked_zone(zone: str) -> str:
    from zoneinfo import available_timezones

    if zone not in available_timezones():
        raise InvalidInput("zone", f"The time zone (--zone) is an IANA name, such as America/Toronto; this is “{zone}”.")
    return zone


def _crisis_numbers(given: tuple[str, ...]) -> tuple[CrisisNumber, ...]:
    emergency = frozenset(EMERGENCY_NUMBERS.values())
    return tuple(read_crisis_number(text, emergency) for text in given)


def _asked_crisis_number(country: str) -> tuple[CrisisNumber, ...]:
    """The emergency number of the country, where a person is there to confirm it; `doctor` asks for one where nobody is."""
    usual = EMERGENCY_NUMBERS.get(country, "")
    if not usual or not sys.stdin.isatty():
        return ()
    answer = click.prompt("Line to call in danger (NUMBER=NAME=WHEN)", default=f"{usual}=Emergency=Danger now", err=True)
    return _crisis_numbers((str(answer),))
