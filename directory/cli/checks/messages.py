"""What `doctor` says of what leaves the house: mails, text messages, webhooks."""

from directory.cli.checks.check import Check
from directory.services.listings.community import read_community
from directory.services.messages.waiting import read_waiting
from directory.services.messages.ways import ways_of
from directory.services.parts import Parts
from directory.services.webhooks.subscribe import read_subscriptions

LONGEST_WAIT_SECONDS = 300
MOST_NAMED = 5


def check_messages(parts: Parts) -> Check:
    """Whether what settings name can be used, and whether messages wait for long."""
    settings = parts.settings
    if (settings.mail_server or settings.text_webhook_url) and not settings.public_address:
        return Check("messages", wrong="Nothing is sent: links in messages need an address.", remedy="Set PUBLIC_ADDRESS.")
    if settings.mail_server and not settings.mail_from:
        return Check("messages", wrong="No mail is sent: nobody would be its sender.", remedy="Set MAIL_FROM.")
    waiting, oldest = read_waiting(parts)
    if oldest > LONGEST_WAIT_SECONDS:
        wrong = f"{waiting} messages wait, the oldest for {oldest / 60:.0f} minutes."
        return Check("messages", wrong=wrong, remedy="directory worker must run; look at MAIL_SERVER and TEXT_WEBHOOK_URL.")
    ways = ways_of(settings, is_demo=read_community(parts).is_demo)
    sent = ", ".join(ways.open) or "none; people send from their own device"
    return Check("messages", f"{sent}{f' (written into {ways.folder})' if ways.folder else ''}; {waiting} waiting")


def check_webhooks(parts: Parts) -> Check:
    """Webhooks that were turned off since nothing arrived: whoever listens there hears of no change any more."""
    found = read_subscriptions(parts)
    off = [one for one in found if one.disabled_at]
    if not off:
        return Check("webhooks", f"{len(found)} known, none turned off")
    told = "; ".join(f"{one.id} ({one.disabled_why}, since {one.disabled_at:%Y-%m-%d %H:%M} UTC)" for one in off[:MOST_NAMED])
    more = f"; and {len(off) - MOST_NAMED} more" if len(off) > MOST_NAMED else ""
    return Check(
        "webhooks",
        f"{len(found)} known",
        warning=f"Turned off, since nothing arrived: {told}{more}.",
        remedy=f"directory webhooks on {off[0].id if len(off) == 1 else 'ID'}, when its receiver answers again",
    )
