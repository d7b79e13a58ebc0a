"""Whether people get in, in English words: for the command line and for files that people read."""

from datetime import datetime

from directory.domain.hours.values import AccessState, Taking


def access_words(state: AccessState, asked_at: datetime) -> str:
    """Whether people are taken, until when, or when next. Open is not intake, and unknown is not no."""
    until, opens = _near(state.until, asked_at), _near(state.next, asked_at)
    words = {
        Taking.TAKES_PEOPLE: f"Takes people until {until}" if until else "Takes people, day and night",
        Taking.OPEN_INTAKE_UNKNOWN: f"Open until {until}, intake not known: call" if until else "Open, intake not known: call",
        Taking.OPEN_NOT_TAKING: f"Open, takes people from {opens}" if opens else "Open, but not taking people: call",
        Taking.CLOSED: f"Opens {opens}" if opens else "Closed; when it opens is not known: call",
        Taking.UNKNOWN: "Hours not known: call",
    }[state.taking]
    return f"{words} (holiday that day, {state.holiday}: call first)" if state.holiday else words


def _near(moment: datetime | None, asked_at: datetime) -> str:
    """A moment on its own wall clock: the day is left out today, and the date beyond a week."""
    if moment is None:
        return ""
    days = (moment.date() - asked_at.astimezone(moment.tzinfo).date()).days
    if days == 0:
        return f"{moment:%H:%M}"
    return f"{moment:%A %H:%M}" if 0 < days < 7 else f"{moment:%Y-%m-%d %H:%M}"
