"""The tables of `docs/fhir.md`, made from what the mapping uses; a test holds the page to them."""

from collections.abc import Iterator

from directory.domain.referrals.codes import CODES, Code, Reason
from directory.domain.referrals.states import STATES, UNSENT, State
from directory.services.exchange.fhir.reasons import EXPECT_A_REASON, PARTLY_HELPED, REASON_WORDS, UNTOLD


def status_table() -> str:
    """Each state that others may see, with what it is called."""
    return "\n".join(("| state | `Task.status` | `businessStatus` | `statusReason` |", "|---|---|---|---|", *_states()))


def reason_table() -> str:
    """Each reason, and at which statuses a receiver may give it."""
    return "\n".join(("| code | words | with |", "|---|---|---|", *_reasons()))


def _states() -> Iterator[str]:
    for state, row in STATES.items():
        if state not in UNSENT:
            business = f"`{row.business}`, `{PARTLY_HELPED}`" if state is State.HELPED else f"`{row.business}`"
            yield f"| {state} | `{row.status}` | {business} | {_reason_at(state, row.status)} |"


def _reason_at(state: State, status: str) -> str:
    if status not in EXPECT_A_REASON:
        return ""
    return "in words: the place in line, when it is looked at again" if state is State.WAITLISTED else "why, in words and in a code"


def _reasons() -> Iterator[str]:
    for code, words in REASON_WORDS.items():
        told = f"{words}; no code" if code in UNTOLD else words
        yield f"| `{code}` | {told} | {_given_with(code)} |"


def _given_with(code: str) -> str:
    if code in set(Reason):
        return "only read: `cancelled`"
    row = CODES[Code(code)]
    statuses = [status for status, may in (("`rejected`", row.is_decline), ("`failed`", row.is_failure)) if may]
    return ", ".join(statuses)
