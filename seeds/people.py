"""People for the demo, one for each role, who come in by a password that each data folder makes for itself."""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select, update

from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.gateways.kept_once import kept_once
from directory.services.accounts.password import hash_password
from directory.services.accounts.people import add_person, person_by_email
from directory.services.parts import Parts
from directory.store.tables import Person, Service, Source

WORDS = tuple(
    """
    amber anchor apron autumn badger bakery barley basket beacon birch blanket blossom bottle bridge bucket button cabin camera candle canoe
    carpet castle cedar cellar cherry circle cloud clover cobalt copper corner cotton cradle cricket curtain dancer desert dolphin dragon
    eagle ember engine falcon feather fiddle finger forest fossil garden garlic ginger glacier granite guitar hammer harbour harvest hazel
    helmet heron hollow honey island ivory jacket jigsaw juniper kettle kitten ladder lantern lemon lilac lizard magnet mango maple marble
    meadow mirror mitten monsoon mosaic needle nickel nutmeg oatmeal olive orchard otter oyster paddle parrot pebble pelican pepper pigeon
    pillow planet pocket poplar puzzle quarry rabbit radish ribbon river rocket saddle salmon sandal saturn shadow silver sparrow spiral
    summit teapot thimble thunder timber tulip tunnel turnip velvet violin walnut willow window winter wizard yellow zebra
    """.split()  # noqa: SIM905  # a list of so many words is read more easily so
)
HOW_MANY_WORDS = 4
MAIL_DOMAIN = "rivebourg.example"
FILE = "demo-password"


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How somebody of the demo comes in."""

    role: Role
    email: str
    password: str


def demo_sign_ins(parts: Parts) -> tuple[DemoSignIn, ...]:
    """One for each role, in their order; nobody is made here. One password for all: it is a demo."""
    password = kept_once(parts.settings.data_dir / FILE, _password)
    return tuple(DemoSignIn(role, f"{role}@{MAIL_DOMAIN}", password) for role in Role)


def make_demo_people(parts: Parts) -> tuple[DemoSignIn, ...]:
    """Make those who are not there yet; whoever is there is left as they are. Nobody without a made-up organization to belong to."""
    organization = _organization(parts)
    if not organization:
        return ()
    sign_ins = demo_sign_ins(parts)
    with parts.database.reading() as session:
        missing = [one for one in sign_ins if person_by_email(session, parts.database.keyring, one.email) is None]
    for one in missing:
        add_person(parts, one.email, one.role, organization_id=organization if one.role in OF_AN_ORGANIZATION else "")
    if missing:
        _give_password(parts, missing)
    return sign_ins


def _give_password(parts: Parts, people: list[DemoSignIn]) -> None:
    kept = hash_password(people[0].password)
    keys = [key for one in people for key in parts.database.keyring.lookup_keys(one.email)]
    with parts.database.writing() as session:
        session.execute(update(Person).where(Person.email_key.in_(keys)).values(password_hash=kept))
        session.commit()


def _organization(parts: Parts) -> str:
    """A made-up organization, the one with the most services; "" where there is none."""
    statement = (
        select(Service.organization_id)
        .join(Source, Source.id == Service.source_id)
        .where(Source.is_sample, Service.organization_id.is_not(None), Service.withdrawn_at.is_(None))
        .group_by(Service.organization_id)
        .order_by(func.count().desc(), Service.organization_id)
        .limit(1)
    )
    with parts.database.reading() as session:
        return session.scalar(statement) or ""


def _password() -> str:
    return " ".join(secrets.choice(WORDS) for _word in range(HOW_MANY_WORDS))
