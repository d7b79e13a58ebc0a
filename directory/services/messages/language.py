"""The language in which somebody is written to, and what stands in it: a day in words."""

from datetime import date

from babel.dates import format_date
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.services.indexing.operations import listed_condition
from directory.store.tables import Service


def day_words(day: date, language: str, community: Community) -> str:
    """A date with its year, as the language is written in the community's country."""
    return format_date(day, "long", locale=f"{language}_{community.country.upper()}" if community.country else language)


def language_for(session: Session, organization_id: str, chosen: str | None, community: Community) -> str:
    """The language to write to an organization in: the one it chose, else that of most of its listings, else the community's first."""
    most = (
        select(Service.text_language)
        .where(Service.organization_id == organization_id, Service.text_language.is_not(None), *listed_condition())
        .group_by(Service.text_language)
        .order_by(func.count().desc(), Service.text_language)
    )
    told = (chosen or session.scalar(most.limit(1)) or "").partition("-")[0]
    return told if told in community.languages else community.languages[0]
