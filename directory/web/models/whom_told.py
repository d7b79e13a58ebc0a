"""Who a program is for, what to bring, what it asks and tells, as its own page says it; what nobody confirmed is said to be so."""

from dataclasses import dataclass

from directory.domain.listing import Listing
from directory.rules.criteria import Criteria, Criterion, Strength
from directory.rules.listed import DISCLOSURES, criteria_of
from directory.web.models.card import age_limits
from directory.web.whom_words import criterion_words, paper_words, referral_words, whom_alone
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class WhomTold:
    """`sentence` "" where nothing is stated but texts and ages. `unconfirmed`: criteria that keep nobody out, each in words; where all are
    (`is_open`), the sentence says them already. `papers`: in
    words, and whether it is needed. `tells`: what is asked or told, and the answer: yes, no, or not known."""

    sentence: str
    unconfirmed: tuple[str, ...]
    is_open: bool
    questions: tuple[str, ...]
    referral: str
    papers: tuple[tuple[str, bool], ...]
    no_papers: bool
    tells: tuple[tuple[str, str, bool], ...]


def whom_told(listing: Listing) -> WhomTold:
    """What the page of a service says of it."""
    criteria = criteria_of(listing) if listing.criteria else Criteria()
    papers = tuple((paper_words(each), each.is_needed) for each in criteria.documents if each.code != "none")
    return WhomTold(
        whom_alone(criteria) if criteria.says_something or criteria.soft else "",
        tuple(criterion_words(each) for each in criteria.criteria if is_open(each)),
        bool(criteria.hard) and all(map(is_open, criteria.hard)),
        tuple(each.question for each in criteria.questions),
        referral_words(criteria),
        papers,
        bool(criteria.documents) and not papers,
        tuple((tells_words()[name], *_answer(getattr(listing.disclosures, name))) for name in DISCLOSURES),
    )


def who_words(listing: Listing) -> str:
    """For whom it is in one sentence, or its ages where it states no more; "" where it states nothing."""
    return whom_told(listing).sentence if listing.criteria else age_limits(listing)


def papers_to_bring(listing: Listing) -> tuple[str, ...]:
    """What its criteria ask to bring, the reader's words; beside what it says in its own."""
    return tuple(words for words, _is_needed in whom_told(listing).papers)


def is_open(criterion: Criterion) -> bool:
    """Whether a binding criterion is not confirmed by the listing's owner."""
    return criterion.strength is Strength.HARD and not criterion.may_refuse


def tells_words() -> dict[str, str]:
    """What a program may ask of people, and whom it may tell of them."""
    return {
        "asks_papers": _("Asks for identity papers"),
        "asks_status": _("Asks about immigration status"),
        "tells_police": _("Tells the police"),
        "tells_immigration": _("Tells immigration"),
        "tells_child_welfare": _("Tells child welfare"),
    }


def _answer(value: bool | None) -> tuple[str, bool]:
    """In words, and whether it is known."""
    return (_("Yes") if value else _("No"), True) if value is not None else (_("Not known: ask"), False)
