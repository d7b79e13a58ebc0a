"""Once a minute, write down that the worker is alive: where it has not for a while, nobody keeps the index in step."""

from datetime import timedelta

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import note_job

JOB = "worker"


class Beat(Repeated):
    """The worker's sign of life for one index."""

    every = timedelta(minutes=1)

    def work(self) -> None:
        note_job(self.parts, JOB, self.parts.consumer)
