"""`directory verify`: which listings are due to be looked at, and asking the organizations whose they are."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import acting_as, as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.upkeep.due import DueListing


@click.group()
def verify() -> None:
    """Which listings are due to be looked at, and asking the organizations whose they are."""


@verify.command()
@click.option("--organization", "organization_id", type=RECORD_ID, default="", metavar="ID", help="Only the listings of one organization.")
@click.option("--at", "at", metavar="WHEN", help="As of another moment than now, as in 2027-01-31 or 2027-01-31T09:00.")
@as_json
def due(organization_id: str, at: str | None, as_json: bool) -> None:
    """List what is due, the most pressing first: by risk, then what was never verified, then the oldest."""
    from zoneinfo import ZoneInfo

    from directory.services.listings.community import read_community
    from directory.services.upkeep.due import read_due

    with opened_parts() as parts:
        zone = ZoneInfo(read_community(parts).zone)
        moment = _moment(at, zone) if at else parts.clock.now()
        lines = (_shape(listing, zone) for listing in read_due(parts, moment, organization_id))
        if as_json:
            listings = list(lines)
            print_json({"at": moment.astimezone(UTC).isoformat(), "count": len(listings), "listings": listings})
            return
        for line in lines:
            known = f"verified {line['verified_at'][:10]} ({line['how'] or 'not known how'})" if line["verified_at"] else "never verified"
            whose = f"{line['name']}, {line['organization'] or 'no organization'}"
            click.echo(f"{line['due_on']}  {line['why']:<7}  {whose}: {known}  {line['id']}")


def _moment(written: str, zone: Any) -> datetime:
    from directory.domain.errors import InvalidInput

    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise InvalidInput("at", f"at must be a day or a moment, as in 2027-01-31 or 2027-01-31T09:00; “{written[:40]}” is none.") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _shape(listing: "DueListing", zone: Any) -> dict[str, Any]:
    return {
        "id": listing.id,
        "name": listing.name,
        "organization_id": listing.organization_id or None,
        "organization": listing.organization or None,
        "due_on": listing.due.at.astimezone(zone).date().isoformat(),
        "why": listing.due.why,
        "risk": listing.risk.value,
        "verified_at": listing.verified_at.isoformat() if listing.verified_at else None,
        "how": listing.how or None,
    }


@verify.command()
@click.argument("organization_id", type=RECORD_ID)
@click.option("--to", "address", default="", metavar="EMAIL", help="Another address than the one the organization lists.")
@acting_as
def ask(organization_id: str, address: str, actor: str) -> None:
    """Ask an organization by mail from now on: once a month at most, when something of its is due."""
    from directory.services.upkeep.contacts import ask_from_now_on

    with opened_parts() as parts, parts.database.writing() as session:
        to = ask_from_now_on(session, organization_id, actor[:60], parts.clock.now(), address)
        session.commit()
    click.echo(f"It will be asked at {to}.")


@verify.command()
@click.argument("organization_id", type=RECORD_ID)
@click.option("--site", default="", metavar="ADDRESS", help="Where the site is reached; else where this installation serves.")
@as_json
def link(organization_id: str, site: str, as_json: bool) -> None:
    """Print a link to an organization's own listings, to hand over by other means than mail."""
    from directory.services.upkeep.contacts import give_link

    with opened_parts() as parts:
        token = give_link(parts, organization_id)
        base = site.rstrip("/") or parts.settings.public_address.rstrip("/") or parts.settings.own_address
    made = f"{base}/keep/{token}"
    if as_json:
        print_json({"link": made, "organization_id": organization_id})
    else:
        click.echo(made)
