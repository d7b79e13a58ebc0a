"""Leave a mail for the worker, in the transaction of what it tells of. Where nothing is sent from here, it is said to who waits for it."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.services.listings.community import community_in
from directory.services.messages.ways import Way, ways_of
from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage

HOURS = range(9, 17)
"""Mails that remind go out on working days between these hours of the community's clock; those of a demo go nowhere, and at any time."""
STOP_PATH = "/mails/stop/"
"""Mails that come again show an address with this path, by which whoever gets them stops them; it goes into their head, too."""


def stop_address_in(parts: Parts, body: str) -> str:
    """The address by which a mail is stopped, as the mail shows it; "" for one that comes once."""
    own = address_on(parts, STOP_PATH)
    return next((line for line in body.splitlines() if line.startswith(own) and " " not in line), "")


def can_mail(parts: Parts, community: Community) -> bool:
    """Whether mails leave this installation, if only into the folder of a demo."""
    return Way.MAIL in ways_of(parts.settings, is_demo=community.is_demo).open


def may_remind(parts: Parts, community: Community) -> bool:
    """Whether mails leave from here, and now is a time at which somebody may be reminded."""
    local = parts.clock.now().astimezone(ZoneInfo(community.zone))
    is_time = community.is_demo or (local.hour in HOURS and local.weekday() < 5)
    return is_time and can_mail(parts, community)


def address_on(parts: Parts, path: str) -> str:
    """A path of this site as a whole address, where no request tells how the site is reached."""
    settings = parts.settings
    return (settings.public_address.rstrip("/") or settings.own_address) + path


def covered(address: str) -> str:
    """An address with all but the first sign of its name covered: "i•••@harbour.example"; "" for none."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else ""


def leave_mail(parts: Parts, session: Session, recipient: str, subject: str, body: str) -> bool:
    """Leave it; the caller commits. False where no mail leaves from here."""
    if not can_mail(parts, community_in(session)):
        return False
    now = parts.clock.now()
    session.add(OutgoingMessage(way=Way.MAIL.value, recipient=recipient, subject=subject, body=body, made_at=now, try_at=now))
    return True
