"""The demo: the sample community of Rivebourg, with its crisis lines, and open data of other places to try the importer's work on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from directory.domain.community import INFORMATION, Community, CrisisNumber
from directory.services.exchange.readers.mapping_grammar import parse_mapping
from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.run import import_feed
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_from_now_on
from directory.store.tables import Organization, Source
from seeds.areas import save_areas
from seeds.made_feed import import_made
from seeds.sample import place
from seeds.sample.generate import SEED, sample_records

OPEN_DATA = Path(__file__).with_name("open_data")
ACTOR = "demo"
SAMPLE_SOURCE = "rivebourg-sample"
ASKED = 5

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


def no_progress(done: int, total: int) -> None:
    """For callers that watch nothing."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """A feed that a publisher gave away. `folder` in `open_data`; `retrieved_on` None where nobody wrote down when."""

    folder: str
    publisher: str
    licence: str
    attribution: str
    url: str
    country: str
    zone: str
    format: str
    files: str = ""
    places_are: str = ""
    retrieved_on: date | None = None


OPEN_FEEDS = (
    OpenData(
        "food-pantries-us",
        "HAARRRvest (For The Greater Good)",
        "CC0-1.0",
        "Food pantry listings gathered by the HAARRRvest project, August 2025.",
        "https://github.com/For-The-Greater-Good/HAARRRvest",
        "US",
        "America/New_York",
        "hsds-json",
        places_are="food-pantry",
        retrieved_on=date(2025, 8, 8),
    ),
    OpenData(
        "philadelphia-reentry",
        "Code for Philadelphia",
        "MIT",
        "Re-entry resources gathered by volunteers of Code for Philadelphia for RAPper.",
        "https://github.com/CfABrigadePhiladelphia/RAPper",
        "US",
        "America/New_York",
        "csv",
    ),
    OpenData(
        "illinois-legal-aid",
        "Open Referral",
        "MIT",
        "Legal aid in Illinois, sample data of Open Referral's hsds-transformer.",
        "https://github.com/openreferral/hsds-transformer",
        "US",
        "America/Chicago",
        "csv",
        files="input",
    ),
    OpenData(
        "bc211-airs-xml",
        "PeaceGeeks Society",
        "BSD-3-Clause",
        "Parts of an export of BC 211, test data of pathways-backend by PeaceGeeks.",
        "https://github.com/pg-irc/pathways-backend",
        "CA",
        "America/Vancouver",
        "airs-xml",
        retrieved_on=date(2018, 9, 24),
    ),
)


def demo_community() -> Community:
    """Rivebourg. The crisis lines are real ones of Canada, since somebody may call them."""
    return Community(
        name="Rivebourg shared directory",
        place="Rivebourg, Ontario",
        country=place.COUNTRY,
        region=place.REGION,
        zone=place.ZONE,
        latitude=place.LATITUDE,
        longitude=place.LONGITUDE,
        languages=("en", "fr", "es"),
        crisis_numbers=CRISIS_NUMBERS,
        default_within_km=25.0,
        is_demo=True,
        mail="directory@rivebourg.example",
        domain="rivebourg.example",
    )


CRISIS_NUMBERS = (
    CrisisNumber(
        "911",
        {"en": "Emergency", "fr": "Urgence", "es": "Emergencia"},
        {
            "en": "Somebody is in danger now: police, fire, ambulance",
            "fr": "Quelqu'un est en danger maintenant : police, pompiers, ambulance",
            "es": "Alguien está en peligro ahora: policía, bomberos, ambulancia",
        },
        emergency=True,
    ),
    CrisisNumber(
        "988",
        {"en": "Suicide Crisis Helpline", "fr": "Ligne d'aide en cas de crise de suicide", "es": "Línea de crisis de suicidio"},
        {
            "en": "Thoughts of suicide, your own or another's; day and night",
            "fr": "Pensées suicidaires, les vôtres ou celles d'un proche; jour et nuit",
            "es": "Pensamientos suicidas, suyos o de otra persona; día y noche",
        },
        text_number="988",
        kinds=("suicide",),
    ),
    CrisisNumber(
        "1-800-668-6868",
        {"en": "Kids Help Phone", "fr": "Jeunesse, J'écoute", "es": "Kids Help Phone (línea para jóvenes)"},
        {
            "en": "Children and young people who want to talk; day and night",
            "fr": "Enfants et jeunes qui veulent parler; jour et nuit",
            "es": "Niños y jóvenes que quieren hablar; día y noche",
        },
        text_number="686868",
        kinds=("child_at_risk", "suicide"),
    ),
    CrisisNumber(
        "1-866-863-0511",
        {"en": "Assaulted Women’s Helpline", "fr": "Assaulted Women’s Helpline (en plusieurs langues)", "es": "Assaulted Women’s Helpline"},
        {
            "en": "Violence by a partner or in the family; day and night, in many languages",
            "fr": "Violence d’un partenaire ou dans la famille; jour et nuit, dans plusieurs langues",
            "es": "Violencia de la pareja o en la familia; día y noche, en muchos idiomas",
        },
        kinds=("violence_now",),
    ),
    CrisisNumber(
        "1-866-531-2600",
        {"en": "ConnexOntario", "fr": "ConnexOntario", "es": "ConnexOntario"},
        {
            "en": "Alcohol, drugs, mental health: where to get help; day and night",
            "fr": "Alcool, drogues, santé mentale : où trouver de l’aide; jour et nuit",
            "es": "Alcohol, drogas, salud mental: dónde encontrar ayuda; día y noche",
        },
        kinds=("withdrawal", "overdose"),
    ),
    CrisisNumber(
        "1-833-900-1010",
        {
            "en": "Canadian Human Trafficking Hotline",
            "fr": "Ligne d’urgence canadienne contre la traite des personnes",
            "es": "Línea canadiense contra la trata de personas",
        },
        {
            "en": "Forced to work or to sell sex, papers taken away; day and night, no name needed",
            "fr": "Travail ou prostitution forcés, papiers confisqués; jour et nuit, sans donner de nom",
            "es": "Trabajo o prostitución forzados, papeles retenidos; día y noche, sin dar el nombre",
        },
        kinds=("trafficking",),
    ),
    CrisisNumber(
        "211",
        {"en": "211 Ontario", "fr": "211 Ontario", "es": "211 Ontario"},
        {
            "en": "Not sure where to turn; day and night, in many languages",
            "fr": "Vous ne savez pas à qui vous adresser; jour et nuit, dans plusieurs langues",
            "es": "No sabe a quién acudir; día y noche, en muchos idiomas",
        },
        kinds=(INFORMATION,),
    ),
)


def load_demo(parts: Parts, progress: Progress = no_progress) -> list[ImportReport]:
    """Set the demo community, then import the sample and every open feed. It may be run again: what is the same stays as it is."""
    save_community(parts, ACTOR, demo_community())
    save_areas(parts, place.area_rows())
    reports = [import_made(parts, sample_request(), sample_records(SEED, parts.clock.now().date()), _shown_by(progress))]
    reports += [import_open(parts, feed, progress) for feed in OPEN_FEEDS]
    _ask_some(parts)
    return reports


def _ask_some(parts: Parts) -> None:
    """Ask some of the made-up organizations about their listings, so that the outbox of the demo has such mails."""
    of_sample = select(Source.id).where(Source.name == SAMPLE_SOURCE).scalar_subquery()
    with parts.database.writing() as session:
        listed = (Organization.source_id == of_sample, Organization.email.is_not(None), Organization.withdrawn_at.is_(None))
        for organization_id in session.scalars(select(Organization.id).where(*listed).order_by(Organization.id).limit(ASKED)).all():
            ask_from_now_on(session, organization_id, ACTOR, parts.clock.now())
        session.commit()


def sample_request() -> ImportRequest:
    """The sample as a source: made-up, and said so wherever it is shown."""
    return ImportRequest(
        path=Path("rivebourg"),
        source=SAMPLE_SOURCE,
        publisher="The made-up city of Rivebourg",
        licence="CC0-1.0",
        attribution="Made-up listings, for trying out the directory. No organization, person, address or telephone number is real.",
        is_sample=True,
        authoritative=True,
        actor=ACTOR,
        country=place.COUNTRY,
        zone=place.ZONE,
    )


def import_open(parts: Parts, feed: OpenData, progress: Progress = no_progress) -> ImportReport:
    """Import one open feed, with its licence and thanks."""
    folder = OPEN_DATA / feed.folder
    request = ImportRequest(
        path=folder / feed.files if feed.files else folder,
        source=feed.folder,
        publisher=feed.publisher,
        licence=feed.licence,
        attribution=feed.attribution,
        url=feed.url,
        is_sample=False,
        format=feed.format,
        mapping=_mapping(folder),
        actor=ACTOR,
        country=feed.country,
        zone=feed.zone,
        places_are=feed.places_are,
    )
    report = import_feed(parts, request, _shown_by(progress))
    with parts.database.writing() as session:
        session.execute(update(Source).where(Source.name == feed.folder).values(retrieved_on=feed.retrieved_on))
        session.commit()
    return report


def _mapping(folder: Path) -> dict[str, Any]:
    path = folder / "mapping.yaml"
    return parse_mapping(path.read_text(encoding="utf-8")) if path.exists() else {}


def _shown_by(progress: Progress) -> Callable[[str, int, int | None], None]:
    return lambda _what, done, total: progress(done, total or done)
