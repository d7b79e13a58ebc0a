"""Database and index held against one another, document by document: what is lost, what should not be there, what differs, what is there
twice, and whether the texts are those of the database."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from tantivy import Query

from directory.services.indexing.operations import operations_for
from directory.services.parts import Parts
from directory.store.tables import IndexPending, Service
from search_index.embedded import TantivyEngine
from search_index.embedded.encoding import shown
from search_index.fields import TEXT_FIELDS, field_texts
from search_index.meeting import FieldTexts
from search_index.meili import MeiliEngine, contract
from search_index.meili.encoding import written_of
from search_index.meili.filters import flag
from search_index.meili.values import key
from search_index.port import Put
from search_index.query import ServiceQuery

SEARCHED = 5
"""How many services of the database are searched for by their name."""


@dataclass(frozen=True)
class Verdict:
    """Ids of documents (of services in `versions` and `unfound`)."""

    documents: int
    lost: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    unfound: list[str] = field(default_factory=list)

    @property
    def divergent(self) -> int:
        return len({*self.lost, *self.extra, *self.doubled, *self.different, *self.versions, *self.unfound})


def pending_services(parts: Parts) -> tuple[set[str], set[str]]:
    """Services that wait, and those that are parked."""
    with parts.database.reading() as session:
        rows = session.execute(select(IndexPending.service_id, IndexPending.parked_why).where(IndexPending.consumer == parts.consumer))
        found = [(row.service_id, row.parked_why is not None) for row in rows]
    return {each for each, is_parked in found if not is_parked}, {each for each, is_parked in found if is_parked}


def verdict(parts: Parts, dice: random.Random) -> Verdict:
    """Services that are parked are left out: the index refused them, and holds them as they were."""
    parked = pending_services(parts)[1]
    with parts.database.reading() as session:
        ids = sorted(set(session.scalars(select(Service.id))) - parked)
        puts = [each for each in operations_for(parts, session, ids) if isinstance(each, Put)]
    wanted = {key(document.id): (put.service_id, _texts(document)) for put in puts for document in put.documents}
    held = [each for each in _held(parts) if each[1] not in parked]
    documents = {document: (service_id, texts) for document, service_id, texts in held}
    versions = Counter(held for held in parts.search.versions() if held[0] not in parked)
    versions.subtract((put.service_id, put.version) for put in puts if put.documents)
    return Verdict(
        documents=len(wanted),
        lost=sorted(wanted.keys() - documents.keys()),
        extra=sorted(documents.keys() - wanted.keys()),
        doubled=[document for document, count in Counter(each[0] for each in held).items() if count > 1],
        different=[each for each in wanted.keys() & documents.keys() if wanted[each] != documents[each]],
        versions=sorted({service_id for (service_id, _), count in versions.items() if count}),
        unfound=list(_unfound(parts, dice.sample(puts, min(SEARCHED, len(puts))))),
    )


def _texts(document: object) -> FieldTexts:
    return {name: texts for name in TEXT_FIELDS if (texts := tuple(field_texts(document, name)))}  # type: ignore[arg-type]


def _held(parts: Parts) -> Iterator[tuple[str, str, FieldTexts]]:
    """(key of the document, service, texts) of everything that the index holds."""
    engine = parts.search
    if isinstance(engine, TantivyEngine):
        snapshot = engine._reader.snapshot()
        for address in snapshot.everything(Query.all_query()):
            found = shown(snapshot.searcher.doc(address))
            yield key(found.document_id), found.service_id, {name: texts for name, texts in found.texts.items() if texts}
    else:
        assert isinstance(engine, MeiliEngine)
        fields = [contract.ID, contract.SERVICE, *TEXT_FIELDS]
        for document in engine._reading(30.0).fetch(flag(contract.PLACE), fields, 100_000):
            written = written_of(document)
            yield document[contract.ID], written.service_id, dict(written.texts)


def _unfound(parts: Parts, puts: list[Put]) -> Iterator[str]:
    """Services whose own name does not bring them."""
    for put in puts:
        if put.documents:
            page = parts.search.search(ServiceQuery(put.documents[0].name, per_page=100))
            if put.service_id not in {hit.service_id for hit in page.hits}:
                yield put.service_id
