"""Keep listings true in the background: end what was told for a day that is over, ask organizations whose listings are due, tell them what
was said of these."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.upkeep.links import forget_old_links
from directory.services.upkeep.mails import ask_who_is_due
from directory.services.upkeep.suggestions import forget_suggestions
from directory.services.upkeep.telling import tell_what_was_said
from directory.services.upkeep.today import settle_past_days

_log = structlog.get_logger("directory.jobs.upkeep")


class Upkeep(Repeated):
    """Once a minute. The log holds numbers only."""

    every = timedelta(minutes=1)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "upkeep"):
            over = settle_past_days(self.parts)
            told = tell_what_was_said(self.parts)
        if over or told:
            _log.info("upkeep", days_over=over, told=told)


class Asking(Repeated):
    """Four times an hour: mails that are due go out through the day, not all at once."""

    every = timedelta(minutes=15)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "asking"):
            asked = ask_who_is_due(self.parts)
            forget_old_links(self.parts)
            forget_suggestions(self.parts)
        if asked:
            _log.info("organizations_asked", asked=asked)
