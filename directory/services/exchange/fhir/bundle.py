"""Several resources together: a collection to hand over, or an answer to a search."""

from collections.abc import Iterable

from directory.services.exchange.fhir.terms import Here, Json, present


def entry(here: Here, found: Json, mode: str = "") -> Json:
    """One resource with its address. `mode`: why a search answers it."""
    return present(fullUrl=here.address(found["resourceType"], found["id"]), resource=found, search={"mode": mode} if mode else None)


def searchset(entries: Iterable[Json], *, total: int, links: Iterable[tuple[str, str]]) -> Json:
    """`links`: relation and address."""
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
        **present(link=[{"relation": relation, "url": url} for relation, url in links], entry=list(entries)),
    }
