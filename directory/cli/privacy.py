"""`directory privacy`: what is held about one person behind a code, erasing it, and holding it back on a written order."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json

if TYPE_CHECKING:
    from directory.services.referrals.erase import Erasure
    from directory.services.referrals.read_held import Held


@click.group()
def privacy() -> None:
    """What is held about one person, behind the code of a need (K7Q2-M9XD)."""


@privacy.command()
@click.argument("reference", metavar="REF")
@click.option("--show", is_flag=True, help="Open what is sealed, too: who it is, and what they said. It stands in the audit.")
@acting_as
@as_json
def report(reference: str, show: bool, actor: str, as_json: bool) -> None:
    """What is held about REF, who may see it, and until when."""
    from directory.services.referrals.read_held import read_held

    with opened_parts() as parts:
        held = read_held(parts, reference, show=show, by=actor)
    if as_json:
        print_json(_plain(held))
        return
    from directory.cli.privacy_text import lines_of

    for line in lines_of(held):
        click.echo(line)


@privacy.command()
@click.argument("reference", metavar="REF")
@acting_as
@as_json
def erase(reference: str, actor: str, as_json: bool) -> None:
    """Forget at once who REF stands for. What happened stays in the record, without anybody in it. Cannot be undone."""
    from directory.services.referrals.erase import erase_person

    with opened_parts() as parts:
        done = erase_person(parts, reference, actor)
    if as_json:
        print_json({"codes": list(done.codes), "ended": list(done.ended), "was_erased": done.was_erased})
        return
    click.echo(_erased(done))


def _erased(done: "Erasure") -> str:
    codes = ", ".join(done.codes)
    if done.was_erased:
        return f"{codes}: nothing was left to erase."
    told = f" {len(done.ended)} referrals ended, and their receivers are told to stop." if done.ended else ""
    return f"{codes}: erased. Copies made before still hold it, sealed, until they are thrown away; a restore erases it again.{told}"


@privacy.command()
@click.argument("reference", metavar="REF")
@click.option("--order", default="", metavar="TEXT", help="Who gave the order, when, and its number. Kept sealed.")
@click.option("--until", type=click.DateTime(formats=["%Y-%m-%d"]), help="When it ends: a year from now at most.")
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who does this: somebody with an account.")
@click.option("--confirm", is_flag=True, help="Confirm what somebody else asked for. Only then is anything held.")
@click.option("--end", "ends", is_flag=True, help="End it: deletion goes on.")
@as_json
def hold(reference: str, order: str, until: datetime | None, email: str, confirm: bool, ends: bool, as_json: bool) -> None:
    """Hold REF back from deletion on a written order. Two people see to it: one asks, another confirms."""
    from directory.services.referrals.hold import ask_hold, confirm_hold, end_hold

    if confirm and ends:
        raise click.UsageError("Give --confirm or --end, not both.")
    if not confirm and not ends and (not order or until is None):
        raise click.UsageError("Give --order and --until, or --confirm what was asked for.")
    with opened_parts() as parts:
        if ends:
            end_hold(parts, reference, email)
            found = None
        elif confirm:
            found = confirm_hold(parts, reference, email)
        else:
            found = ask_hold(parts, reference, order, until.replace(tzinfo=UTC) if until else datetime.now(UTC), email)
    if as_json:
        held = {"ends_at": found.ends_at.isoformat(), "is_confirmed": found.is_confirmed} if found else None
        print_json({"reference": reference, "hold": held})
    elif found is None:
        click.echo("It is held no longer; what is due is deleted by the next pass.")
    elif found.is_confirmed:
        click.echo(f"Held until {found.ends_at:%Y-%m-%d}. Nothing of it is deleted before.")
    else:
        click.echo(f"Asked for, until {found.ends_at:%Y-%m-%d}. Nothing is held until somebody else confirms it: add --confirm.")


def _plain(held: "Held") -> dict[str, Any]:
    return {
        "codes": list(held.codes),
        "made_at": _moment(held.made_at),
        "delete_at": _moment(held.delete_at),
        "erased_at": _moment(held.erased_at),
        "safe_channel": held.channel,
        "sealed": list(held.sealed),
        "attempts": [
            {
                "id": one.id, "code": one.code, "sender": one.sender, "receiver": one.receiver, "state": one.state,
                "since": _moment(one.since), "events": one.events, "events_with_words": one.with_words,
                "open_to_receiver": list(one.open_to_receiver),
            }
            for one in held.attempts
        ],
        "consents": [
            {
                "recipients": list(one.recipients), "fields": list(one.fields), "given_at": _moment(one.given_at),
                "expires_at": _moment(one.expires_at), "revoked_at": _moment(one.revoked_at), "names_of_others": one.has_names,
            }
            for one in held.consents
        ],
        "introductions": held.introductions,
        "links": [{"purpose": purpose, "expires_at": _moment(at)} for purpose, at in held.links],
        "follow_ups": held.questions,
        "orders": [
            {
                "asked_at": _moment(one.asked_at), "confirmed_at": _moment(one.confirmed_at), "ends_at": _moment(one.ends_at),
                "ended_at": _moment(one.ended_at),
            }
            for one in held.orders
        ],
        "reads": held.reads,
        "last_read_at": _moment(held.last_read_at),
        **({"shown": dict(held.shown)} if held.shown else {}),
    }  # fmt: skip


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
