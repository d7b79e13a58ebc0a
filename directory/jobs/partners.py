"""Look after agreements and questions in the background: ask for successors, remind of reviews, delete what is over."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.ask_around.forget import forget_questions
from directory.services.keeping.jobs import noted_job
from directory.services.partners.forget import forget_partners
from directory.services.partners.review import remind_of_reviews
from directory.services.partners.successors import ask_for_successors

_log = structlog.get_logger("directory.jobs.partners")


class Partners(Repeated):
    """Once a minute. The log holds numbers only."""

    every = timedelta(minutes=1)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "partners"):
            asked = ask_for_successors(self.parts)
            reminded = remind_of_reviews(self.parts)
            gone = forget_partners(self.parts) + forget_questions(self.parts)
        if asked or reminded or gone:
            _log.info("partners", successors_asked=asked, reminded=reminded, deleted=gone)
