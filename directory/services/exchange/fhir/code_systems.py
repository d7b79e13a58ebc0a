"""Our own lists of codes as `CodeSystem`, served at the addresses that name them."""

from collections.abc import Mapping

from directory.domain.categories.tree import CATEGORIES, name
from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.services.exchange.fhir.consent import FIELD_WORDS
from directory.services.exchange.fhir.reasons import (
    BUSINESS_STATUS,
    BUSINESS_WORDS,
    CONSENT_FIELD,
    OWN_CATEGORY,
    REASON_WORDS,
    STATUS_REASON,
)
from directory.services.exchange.fhir.terms import Here, Json

TITLES: Mapping[str, str] = {
    BUSINESS_STATUS: "Where a referral stands",
    STATUS_REASON: "Why a referral ended",
    OWN_CATEGORY: "Categories of help",
    CONSENT_FIELD: "What may be told of a person",
}


def code_system(here: Here, wanted: str) -> Json:
    """Raise `NotFound`."""
    if wanted not in TITLES:
        raise NotFound(say("There is no such list of codes; there are: %(known)s.", known=", ".join(TITLES)))
    return {
        "resourceType": "CodeSystem",
        "id": wanted,
        "url": here.codes(wanted),
        "name": "".join(word.capitalize() for word in wanted.split("-")),
        "title": TITLES[wanted],
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "concept": [{"code": code, "display": words} for code, words in _concepts(wanted).items()],
    }


def _concepts(wanted: str) -> Mapping[str, str]:
    if wanted == OWN_CATEGORY:
        return {category.slug: name(category.slug, "en") for category in CATEGORIES.values()}
    if wanted == CONSENT_FIELD:
        return {field.value: words for field, words in FIELD_WORDS.items()}
    if wanted == STATUS_REASON:
        return {str(code): words for code, words in REASON_WORDS.items()}
    return BUSINESS_WORDS
