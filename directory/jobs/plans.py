"""Remind of plans in the background: what waits for an answer, what is due, what is to be looked at."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.planning.reminders import remind_of_plans

_log = structlog.get_logger("directory.jobs.plans")


class Plans(Repeated):
    """Four times an hour; nobody gets more than one mail a week. The log holds numbers only."""

    every = timedelta(minutes=15)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "plans"):
            told = remind_of_plans(self.parts)
        if told:
            _log.info("reminded_of_plans", told=told)
