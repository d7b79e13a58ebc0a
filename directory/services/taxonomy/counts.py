"""How many listed services hang on each category, those of the categories under it included."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.categories.tree import ancestors
from directory.services.indexing.operations import listed_condition
from directory.store.tables import Service, ServiceCategory


def count_services_by_category(session: Session) -> Mapping[str, int]:
    """Slug -> number of listed services; a service counts once, however many of its categories lie under one. Slugs that are no category of
    ours any more stand there too."""
    statement = select(ServiceCategory.category, Service.id).join(Service, Service.id == ServiceCategory.service_id)
    services: dict[str, set[str]] = {}
    for slug, service_id in session.execute(statement.where(*listed_condition())):
        for above in (slug, *ancestors(slug)):
            services.setdefault(above, set()).add(service_id)
    return {slug: len(found) for slug, found in services.items()}
