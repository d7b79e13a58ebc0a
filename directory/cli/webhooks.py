"""`directory webhooks`: who is told over the network when listings change."""

from typing import TYPE_CHECKING, Any

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import acting_as, as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.webhooks.subscribe import Subscription


@click.group()
def webhooks() -> None:
    """Who is told over the network when listings change."""


@webhooks.command()
@click.argument("address")
@click.option(
    "--organization", "organization_id", type=RECORD_ID, default="", metavar="ID", help="Only the listings of this organization; else all."
)
@click.option("--event", "events", multiple=True, metavar="TYPE", help="Only these: listing.changed, listing.verified, listing.withdrawn.")
@acting_as
@as_json
def add(address: str, organization_id: str, events: tuple[str, ...], actor: str, as_json: bool) -> None:
    """Let an address hear of changes. The secret that signs each message is printed once."""
    from directory.services.webhooks.subscribe import subscribe

    with opened_parts() as parts:
        _tell_secret(subscribe(parts, organization_id, address, events, actor[:60]), as_json)


@webhooks.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List every webhook, with what waits and what went wrong last."""
    from directory.services.webhooks.subscribe import read_subscriptions

    with opened_parts() as parts:
        found = read_subscriptions(parts)
    if as_json:
        print_json({"webhooks": [_shape(one) for one in found]})
        return
    for one in found:
        state = f"off: {one.disabled_why}" if one.disabled_at else one.last_status or "nothing sent yet"
        click.echo(f"{one.id}  {one.organization_id or 'all listings'}  {one.address}  {state}, {one.waiting} waiting")


@webhooks.command()
@click.argument("webhook_id", type=RECORD_ID)
def test(webhook_id: str) -> None:
    """Send a message that only tries whether it arrives, and say what was answered."""
    from directory.services.webhooks.deliver import deliver_webhooks
    from directory.services.webhooks.subscribe import read_subscriptions, send_test

    with opened_parts() as parts:
        send_test(parts, webhook_id)
        deliver_webhooks(parts)
        found = next(one for one in read_subscriptions(parts) if one.id == webhook_id)
    click.echo(found.last_status or "It waits for the worker.")


@webhooks.command()
@click.argument("webhook_id", type=RECORD_ID)
@as_json
def rotate(webhook_id: str, as_json: bool) -> None:
    """Make a new secret. The old one signs beside it for a day."""
    from directory.services.webhooks.subscribe import change_secret

    with opened_parts() as parts:
        _tell_secret(change_secret(parts, webhook_id), as_json)


@webhooks.command()
@click.argument("webhook_id", type=RECORD_ID)
def on(webhook_id: str) -> None:
    """Turn on again what was turned off because nothing arrived."""
    from directory.services.webhooks.subscribe import turn_on

    with opened_parts() as parts:
        turn_on(parts, webhook_id)
    click.echo("It is on.")


@webhooks.command()
@click.argument("webhook_id", type=RECORD_ID)
def remove(webhook_id: str) -> None:
    """Take a webhook away, with what waits for it."""
    from directory.services.webhooks.subscribe import unsubscribe

    with opened_parts() as parts:
        unsubscribe(parts, webhook_id)
    click.echo("It is gone.")


def _tell_secret(made: "Subscription", as_json: bool) -> None:
    if as_json:
        print_json(_shape(made) | {"secret": made.secret})
    else:
        click.echo(f"{made.id}\n{made.secret}\nKeep the secret: it is not shown again.")


def _shape(one: "Subscription") -> dict[str, Any]:
    return {
        "id": one.id,
        "organization_id": one.organization_id or None,
        "address": one.address,
        "events": list(one.events),
        "made_at": one.made_at.isoformat(),
        "delivered_at": one.delivered_at.isoformat() if one.delivered_at else None,
        "last_status": one.last_status or None,
        "failing_since": one.failing_since.isoformat() if one.failing_since else None,
        "disabled_at": one.disabled_at.isoformat() if one.disabled_at else None,
        "disabled_why": one.disabled_why or None,
        "waiting": one.waiting,
    }
