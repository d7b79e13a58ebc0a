"""Why a service is listed: what its words met, where it is, when it is open, how sure that is; codes and data, put into words elsewhere."""

from collections.abc import Sequence

from directory.domain.categories.tree import closure
from directory.domain.hours.values import AccessState
from directory.domain.listing import ListedPlace, Listing
from directory.services.finding.concepts import UsedConcept
from search_index.explain import Reason, reasons_of
from search_index.query import Hit, ServiceQuery


def reasons(
    listing: Listing,
    place: ListedPlace,
    access: AccessState,
    hit: Hit,
    query: ServiceQuery,
    concepts: Sequence[UsedConcept] = (),
    *,
    serves_here: bool | None,
) -> tuple[Reason, ...]:
    """What it answers of the words, the engine's reasons for the hit, then what the listing itself says of time, area and freshness."""
    under = closure(listing.categories)
    found = [Reason("concept", {"category": concept.category, "words": concept.words}) for concept in concepts if concept.category in under]
    found.extend(reasons_of(hit, query))
    if query.open_at is not None and access.open is not None:
        found.append(Reason("open" if access.open else "closed", {"taking": str(access.taking)}))
    if serves_here is not None:
        found.append(Reason("serves_area" if serves_here else "serves_elsewhere", {}))
    if place.confidential:
        found.append(Reason("place_not_published", {}))
    verified = listing.verification.at
    found.append(Reason("verified", {"on": verified.date().isoformat()}) if verified else Reason("never_verified", {}))
    return tuple(found)
