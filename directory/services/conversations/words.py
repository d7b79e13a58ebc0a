"""Words in a conversation must name no person. Organizations may name each other, and say where and how they are reached at work."""

import re
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.no_names import check_names_nobody
from directory.services.parts import Parts
from directory.store.tables import Organization, Service


def check_words(
    parts: Parts, session: Session, texts: Mapping[str, str], organization_ids: Collection[str], said_no_name: Collection[str]
) -> None:  # fmt: skip
    """Hold each text (field -> words) to it, but for the names of these organizations and of what they offer. Raise `InvalidInput`,
    `MayBeNames`."""
    names = set(session.scalars(select(Organization.name).where(Organization.id.in_(organization_ids))))
    names |= set(session.scalars(select(Service.name).where(Service.organization_id.in_(organization_ids))))
    left = {field: _without(words, names) for field, words in texts.items()}
    check_names_nobody(session, parts.clock, left, said_no_name, of_work=tuple(texts))


def _without(words: str, names: Collection[str]) -> str:
    """The longest names first, since one may lie in another."""
    for name in sorted((each for each in names if each.strip()), key=len, reverse=True):
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "they", words, flags=re.IGNORECASE)
    return words
