"""`directory users`: who has an account, and what they are."""

from typing import TYPE_CHECKING

import click

from directory.cli.ids import RECORD_ID
from directory.cli.shared import as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.accounts.people import Account


@click.group()
def users() -> None:
    """People with an account, and their roles."""


@users.command()
@click.argument("email")
@click.option("--role", required=True, metavar="ROLE", help="worker, editor, lead, planner or administrator.")
@click.option(
    "--organization", "organization_id", type=RECORD_ID, default="", metavar="ID", help="The organization of a worker, an editor or a lead."
)
@click.option("--area", default="", metavar="ID", help="The area of a planner, such as ca-on-ottawa; else the whole community.")
@click.option("--name", default="", metavar="NAME", help="What they are called.")
@as_json
def add(email: str, role: str, organization_id: str, area: str, name: str, as_json: bool) -> None:
    """Give somebody an account, where they have none, and a role. Adding a role to who has another leaves both."""
    from directory.services.accounts.people import add_person

    with opened_parts() as parts:
        account = add_person(parts, email, role, organization_id=organization_id, area_id=area, name=name)
    if as_json:
        print_json(_plain(account))
        return
    click.echo(f"{account.email} is {_words(account)}. A way in: ./run sign-in --as {account.email}")


@users.command("list")
@click.option("--also-gone", is_flag=True, help="Those too who have left.")
@as_json
def list_(also_gone: bool, as_json: bool) -> None:
    """Everybody with an account, with their roles."""
    from directory.services.accounts.people import list_people

    with opened_parts() as parts:
        found = list_people(parts, also_gone=also_gone)
    if as_json:
        print_json({"users": [_plain(account) for account in found]})
        return
    for account in found:
        click.echo(f"{account.email:<40} {_words(account)}")


@users.command()
@click.argument("email")
def end(email: str) -> None:
    """Let somebody leave: their roles and sessions end, their ways in are forgotten."""
    from directory.services.accounts.leave import end_person

    with opened_parts() as parts:
        end_person(parts, email)
    click.echo(f"{email} has left.")


def _words(account: "Account") -> str:
    if account.has_left:
        return "gone"
    words = [" of ".join(filter(None, (grant.role, grant.organization_id or grant.area_id))) for grant in account.grants]
    return ", ".join(words) or "without a role"


def _plain(account: "Account") -> dict[str, object]:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": [
            {"role": grant.role, "organization": grant.organization_id or None, "area": grant.area_id or None} for grant in account.grants
        ],
        "created_at": account.created_at.isoformat(),
        "has_left": account.has_left,
    }
