"""Words for conversations: where one stands, what it is about, the three questions."""

from directory.domain.categories import tree
from directory.domain.planning.conversation import About, Stage
from directory.web.languages import language
from directory.web.status import Status
from directory.web.whom_words import area_name
from directory.web.wording import _


def stage_status(stage: Stage) -> Status:
    """Where it stands, with its icon."""
    return {
        Stage.FACTS: Status("ask", "clock", _("Looking at the facts")),
        Stage.ANSWERS: Status("ask", "clock", _("Answering, sealed")),
        Stage.OPEN: Status("plain", "info", _("Open: looking for a decision")),
        Stage.DECISION: Status("open", "check", _("Decided together")),
        Stage.DISAGREEMENT: Status("closed", "info", _("Ended in the words of each side")),
        Stage.WITHDRAWN: Status("closed", "info", _("Withdrawn")),
    }[stage]


def subject_words(about: str, need: str, area_id: str, pair: tuple[str, ...]) -> str:
    """What a conversation is about, in short. `pair`: the names of two listings."""
    if about == About.GAP:
        return _("%(need)s in %(area)s", need=tree.name(need, language()), area=area_name(area_id))
    return " · ".join(pair)


def question_words() -> dict[str, tuple[str, str]]:
    """Field -> the question, and a hint on how to answer it."""
    return {
        "reaches": (_("Whom do we reach?"), _("Who comes, from where, when; and who does not come.")),
        "shares": (_("What could we share?"), _("A room, a van, hours, people, what you know. “Nothing now” helps, too.")),
        "worries": (_("What worries us?"), _("What should not get worse for the people you serve, or for you.")),
    }


def role_words(role: str) -> str:
    """Who did it, by their role."""
    return {
        "lead": _("a lead"),
        "editor": _("an editor"),
        "organization": _("by the link of a mail"),
    }.get(role, "")
