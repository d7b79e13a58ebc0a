"""An import that somebody looks at first: made, decided on record by record, applied as one run or dropped."""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.domain.editing.differences import FieldChange
from directory.domain.errors import DirectoryError, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.services.editing.upload import UPLOAD, apply_upload
from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest, Progress, no_progress
from directory.services.exchange.review_items import ACCEPT, CHANGED, LEAVE, MISSING, NEEDED, NEW, Accepted, WritingDown
from directory.services.exchange.review_problems import read as read_problems
from directory.services.exchange.run import import_feed
from directory.services.exchange.sources import check_name
from directory.services.parts import Parts
from directory.store.base import new_id
from directory.store.tables import ImportReview, ImportReviewItem

READING, WAITING, ASKED, APPLYING, APPLIED, DROPPED, FAILED = "reading", "waiting", "asked", "applying", "applied", "dropped", "failed"
ON_A_PAGE = 40
MOST_PROBLEMS = 50
FORGOTTEN_AFTER = timedelta(days=90)
AT_ONCE = 200
"""An import of which more is accepted is applied by the worker, so that nobody waits in front of a page."""
NO_SUCH = "There is no such import."
CHANGED_MEANWHILE = "Somebody changed the same listings meanwhile. What is left here was not published: edit these on their own pages."


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """One record; `conflicts`: field -> what the source says against people's word. `places`: places of it that are told anew, too."""

    number: int
    kind: str
    object_id: str
    what: str
    name: str
    changes: tuple[FieldChange, ...]
    conflicts: tuple[tuple[str, Any], ...]
    places: int
    secret: bool
    decision: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """`counts`: how many items there are by what; `waiting`: with something against people's word; `accepted`: how many were accepted."""

    id: str
    source: str
    organization_id: str
    actor: str
    made_at: datetime
    state: str
    kind: str
    counts: Mapping[str, int]
    waiting: int
    accepted: int
    problems: tuple[str, ...]
    run_id: int | None
    why: str
    items: tuple[ReviewedItem, ...] = ()
    shown: int = 0
    page: int = 1


def make_review(parts: Parts, request: ImportRequest, progress: Progress = no_progress) -> tuple[str, ImportReport]:
    """Read a feed and write down what it would change: the id of the review, and the report of the dry run. What an interrupted making of
    a review of the same source left is dropped. Raise what `import_feed` raises."""
    review_id, source = new_id(), check_name(request.source)
    kept = parts.settings.data_dir / "imports" / review_id
    with parts.database.writing() as session:
        for left in session.scalars(select(ImportReview).where(ImportReview.source == source, ImportReview.state == READING)):
            _drop(session, left)
        asked = {name: value for name, value in asdict(request).items() if name not in ("path", "dry_run", "all_or_nothing")}
        session.add(
            ImportReview(
                id=review_id, source=source, actor=request.actor, made_at=parts.clock.now(), asked=asked, path=str(kept / request.path.name)
            )
        )
        session.commit()
    try:
        report = _write_down(parts, request, review_id, kept, progress)
    except BaseException as error:
        _end(parts, review_id, FAILED, why=error.message if isinstance(error, DirectoryError) else "It was interrupted.")
        raise
    return review_id, report


def _write_down(parts: Parts, request: ImportRequest, review_id: str, kept: Path, progress: Progress) -> ImportReport:
    _copy(request.path, kept / request.path.name)
    writing = WritingDown(parts.database, review_id)
    report = import_feed(parts, replace(request, dry_run=True, retire_missing=False), progress, writing)
    writing.finish()
    with parts.database.writing() as session:
        review = session.get_one(ImportReview, review_id)
        review.state, review.counts = WAITING, report.counts
        review.problems = [f"{problem.where}: {problem.message}" for problem in report.problems[:MOST_PROBLEMS]]
        session.commit()
    return report


def _copy(path: Path, to: Path) -> None:
    """Keep the feed as it was when it was looked at."""
    if path.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, to)
        else:
            shutil.copyfile(path, to)


def list_reviews(parts: Parts, organization_id: str = "", most: int = 50) -> tuple[Review, ...]:
    """The newest first; those of an organization, or ("") of feeds."""
    with parts.database.reading() as session:
        of = ImportReview.organization_id == organization_id if organization_id else ImportReview.organization_id.is_(None)
        rows = session.scalars(select(ImportReview).where(of).order_by(ImportReview.made_at.desc(), ImportReview.id).limit(most)).all()
        return tuple(_review(session, row) for row in rows)


def read_review(parts: Parts, review_id: str, what: str = "", page: int = 1) -> Review:
    """A review with one page of its items: all, or those that are new, changed or missing, or ("waits") stand against people's word."""
    with parts.database.reading() as session:
        row = _row(session, review_id)
        condition = [ImportReviewItem.review_id == row.id, ImportReviewItem.what != NEEDED]
        if what == "waits":
            condition.append(ImportReviewItem.waits.is_(True))
        elif what in (NEW, CHANGED, MISSING):
            condition.append(ImportReviewItem.what == what)
        shown = session.scalar(select(func.count()).select_from(ImportReviewItem).where(*condition)) or 0
        statement = select(ImportReviewItem).where(*condition).order_by(ImportReviewItem.waits.desc(), ImportReviewItem.number)
        items = session.scalars(statement.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all()
        return replace(_review(session, row), items=tuple(_item(item) for item in items), shown=shown, page=page)


def decide_items(
    parts: Parts, review_id: str, shown: Sequence[int], accepted: Sequence[int], choices: Mapping[int, Mapping[str, str]]
) -> None:
    """Keep what was decided on the items that a page showed. Raise `NotFound`, `Refused` once it is applied or dropped."""
    with parts.database.writing() as session:
        _open(session, review_id)
        statement = select(ImportReviewItem).where(ImportReviewItem.review_id == review_id, ImportReviewItem.number.in_(shown))
        for item in session.scalars(statement):
            item.decision = ACCEPT if item.number in accepted else LEAVE
            if item.number in choices:
                item.choices = {field: choice for field, choice in choices[item.number].items() if choice in ("ours", "theirs")}
        session.commit()


def decide_all(parts: Parts, review_id: str, what: Sequence[str], *, accept: bool) -> None:
    """Accept or leave everything that is new, changed, missing. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        _open(session, review_id)
        session.execute(
            update(ImportReviewItem)
            .where(ImportReviewItem.review_id == review_id, ImportReviewItem.what.in_(what))
            .values(decision=ACCEPT if accept else LEAVE)
        )
        session.commit()


def drop_review(parts: Parts, review_id: str) -> None:
    """Throw it away; nothing was changed. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        _drop(session, _open(session, review_id))
        session.commit()
    _forget_copy(parts, review_id)


def ask_to_apply(parts: Parts, review_id: str) -> bool:
    """Apply what was accepted: at once where it is little (True), else by the worker. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        _open(session, review_id)
        accepted = _count(session, review_id, ImportReviewItem.decision == ACCEPT)
        if not accepted:
            raise Refused(say("Nothing is accepted yet. Tick what should be changed."))
        session.get_one(ImportReview, review_id).state = ASKED
        session.commit()
    if accepted <= AT_ONCE:
        apply_review(parts, review_id)
        return True
    return False


def apply_asked(parts: Parts) -> int:
    """Apply what people asked for and is not done, also what was interrupted on the way; how many."""
    with parts.database.reading() as session:
        ids = list(session.scalars(select(ImportReview.id).where(ImportReview.state.in_((ASKED, APPLYING))).order_by(ImportReview.made_at)))
    for review_id in ids:
        with suppress(DirectoryError):
            apply_review(parts, review_id)
    return len(ids)


def apply_review(parts: Parts, review_id: str, progress: Progress = no_progress) -> ImportReport | None:
    """Import what was accepted, as one run. Begun again where it was interrupted, it changes only what is not changed yet. Raise
    `NotFound`, `Refused`, and what `import_feed` raises. An organization's own file is published like edits, and has no report."""
    with parts.database.writing() as session:
        review = _row(session, review_id)
        if review.state not in (WAITING, ASKED, APPLYING):
            raise Refused(say("This import was applied or thrown away already."))
        if review.kind == UPLOAD:
            review.state = APPLYING
            session.commit()
            _publish_upload(parts, review_id)
            return None
        path = Path(review.path)
        if not path.exists():
            raise Refused(say("The copy of the feed does not lie on this machine. Apply it where it was made."))
        review.state = APPLYING
        accepted = Accepted(session, review_id)
        retires = bool(_count(session, review_id, ImportReviewItem.what == MISSING, ImportReviewItem.decision == ACCEPT))
        request = ImportRequest(path=path, **{**review.asked, "retire_missing": retires, "yes": True})
        session.commit()
    try:
        report = import_feed(parts, request, progress, accepted)
    except DirectoryError as error:
        _end(parts, review_id, WAITING, why=error.message)
        raise
    _end(parts, review_id, APPLIED, run_id=report.run)
    _forget_copy(parts, review_id)
    return report


def _publish_upload(parts: Parts, review_id: str) -> None:
    with parts.database.reading() as session:
        review = session.get_one(ImportReview, review_id)
        statement = select(ImportReviewItem).where(ImportReviewItem.review_id == review_id, ImportReviewItem.decision == ACCEPT)
        items = list(session.scalars(statement.order_by(ImportReviewItem.number)))
        session.expunge_all()
    left = apply_upload(parts, review, items)
    done = [item.number for item in items if item.number not in left]
    with parts.database.writing() as session:
        for item in session.scalars(select(ImportReviewItem).where(ImportReviewItem.review_id == review_id)):
            if item.number in done:
                session.delete(item)
        session.commit()
    _end(parts, review_id, WAITING if left else APPLIED, why=CHANGED_MEANWHILE if left else "")


def forget_old_reviews(parts: Parts) -> int:
    """Delete what was applied, thrown away or never read to its end, and what nobody decided on, a while ago; how many."""
    before = parts.clock.now() - FORGOTTEN_AFTER
    with parts.database.writing() as session:
        old = list(session.scalars(select(ImportReview).where(ImportReview.made_at < before, ImportReview.state.not_in((ASKED, APPLYING)))))
        ids = [review.id for review in old]
        for review in old:
            _drop(session, review)
            session.delete(review)
        session.commit()
    for review_id in ids:
        _forget_copy(parts, review_id)
    return len(ids)


def _end(parts: Parts, review_id: str, state: str, *, why: str = "", run_id: int | None = None) -> None:
    with parts.database.writing() as session:
        review = session.get_one(ImportReview, review_id)
        review.state, review.why, review.run_id = state, why, run_id
        review.applied_at = parts.clock.now() if state == APPLIED else None
        session.commit()


def _drop(session: Session, review: ImportReview) -> None:
    review.state = DROPPED
    session.execute(ImportReviewItem.__table__.delete().where(ImportReviewItem.review_id == review.id))  # type: ignore[attr-defined]


def _forget_copy(parts: Parts, review_id: str) -> None:
    shutil.rmtree(parts.settings.data_dir / "imports" / review_id, ignore_errors=True)


def _row(session: Session, review_id: str) -> ImportReview:
    row = session.get(ImportReview, review_id) if is_id(review_id) else None
    if row is None:
        raise NotFound(NO_SUCH)
    return row


def _open(session: Session, review_id: str) -> ImportReview:
    row = _row(session, review_id)
    if row.state != WAITING:
        raise Refused(say("This import does not wait for a decision any more."))
    return row


def _count(session: Session, review_id: str, *conditions: Any) -> int:
    statement = select(func.count()).select_from(ImportReviewItem).where(ImportReviewItem.review_id == review_id, *conditions)
    return session.scalar(statement) or 0


def _review(session: Session, row: ImportReview) -> Review:
    counted = select(ImportReviewItem.what, func.count()).where(ImportReviewItem.review_id == row.id).group_by(ImportReviewItem.what)
    return Review(
        id=row.id,
        source=row.source,
        organization_id=row.organization_id or "",
        actor=row.actor,
        made_at=row.made_at,
        state=row.state,
        kind=row.kind,
        counts=dict(session.execute(counted).all()),
        waiting=_count(session, row.id, ImportReviewItem.waits.is_(True)),
        accepted=_count(session, row.id, ImportReviewItem.decision == ACCEPT),
        problems=read_problems(row.problems or ()),
        run_id=row.run_id,
        why=row.why,
    )


def _item(row: ImportReviewItem) -> ReviewedItem:
    said = json.loads(row.said)
    return ReviewedItem(
        number=row.number,
        kind=row.kind,
        object_id=row.object_id,
        what=row.what,
        name=row.name,
        changes=tuple(FieldChange(*change) for change in said["changes"]),
        conflicts=tuple((field, value) for field, value in said["conflicts"]),
        places=said["places"],
        secret=said["secret"],
        decision=row.decision,
        choices=dict(row.choices or {}),
    )
