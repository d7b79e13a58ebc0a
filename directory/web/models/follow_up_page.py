"""The answers to whether it helped, in the person's words."""

from directory.services.referrals.follow_up_answers import Answer
from directory.web.wording import _


def answers() -> tuple[tuple[Answer, str], ...]:
    return (
        (Answer.HELPED, _("Yes, it helped")),
        (Answer.PARTLY, _("It helped in part")),
        (Answer.NOT_HELPED, _("No, it did not help")),
        (Answer.NOT_YET, _("Not yet")),
    )
