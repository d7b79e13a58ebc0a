"""What of referrals runs by itself: their clocks, the questions whether it helped, and forgetting on time. The log holds numbers only."""

from dataclasses import asdict
from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.referrals.erase import erase_due, forget_old_questions
from directory.services.referrals.follow_ups import ask_due
from directory.services.referrals.hold import end_old_holds
from directory.services.referrals.links import forget_old_links
from directory.services.referrals.slow import tell_slow
from directory.services.referrals.sweep import sweep

MOST_AT_ONCE = 1_000
"""Steps of one pass, so that a long absence holds up nothing else; the next pass follows at once then."""

_log = structlog.get_logger("directory.jobs.referrals")


class ReferralClocks(Repeated):
    """Once a minute: reminds, tells, ends."""

    every = timedelta(minutes=1)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "referral clocks"):
            done = sweep(self.parts, most=MOST_AT_ONCE)
        if done.steps or done.put_off:
            _log.info("referral_clocks", **asdict(done))
        if done.steps >= MOST_AT_ONCE:
            self.again()


class FollowUps(Repeated):
    """Four times an hour: asks who is due."""

    every = timedelta(minutes=15)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "follow-ups"):
            done = ask_due(self.parts)
        if done.by_message or done.by_worker or done.left_out:
            _log.info("follow_ups", **asdict(done))


class Retention(Repeated):
    """Once an hour: forgets whom time has come for, links and questions that are over, and lets orders end."""

    every = timedelta(hours=1)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "retention"):
            ended = end_old_holds(self.parts)
            erased = erase_due(self.parts)
            links = forget_old_links(self.parts)
            questions = forget_old_questions(self.parts)
        if ended or erased or questions:
            _log.info("retention", people=erased, links=links, questions=questions, orders_ended=ended)


class SlowAnswers(Repeated):
    """Four times a day: tells organizations of programs that leave referrals unanswered, before anybody else sees it."""

    every = timedelta(hours=6)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "slow answers"):
            told = tell_slow(self.parts)
        if told:
            _log.info("slow_answers", told=told)
