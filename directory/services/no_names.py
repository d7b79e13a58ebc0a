"""Texts that must name nobody, held against what this community calls its places and its languages (`domain.no_names`)."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.no_names.check import plain, refuse_names
from directory.services.listings.community import community_in
from directory.store.tables import Area

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def check_names_nobody(
    session: Session, clock: Clock, texts: Mapping[str, str], said_no_name: Collection[str] = (), *, of_work: Collection[str] = ()
) -> None:
    """Hold each text (field -> words) to it; those of the fields `of_work` may say whom to call at work, and where. Raise `InvalidInput`,
    `MayBeNames`."""
    known, year = known_words(session), clock.now().year
    for field, text in texts.items():
        refuse_names(field, text, known=known, year=year, said_no_name=said_no_name, tells_of_work=field in of_work)


def known_words(session: Session) -> frozenset[str]:
    """Words with a capital that name no person here: of the community and its areas, and of languages."""
    community = community_in(session)
    places = " ".join((community.name, community.place, *session.scalars(select(Area.name))))
    return frozenset(plain(word) for word in _WORD.findall(places)) | _languages(community.languages)


@lru_cache(maxsize=8)
def _languages(spoken: tuple[str, ...]) -> frozenset[str]:
    """The names of all languages in those that the community speaks."""
    names = (name for language in spoken for name in Locale.parse(language).languages.values())
    return frozenset(plain(word) for name in names for word in _WORD.findall(name))
