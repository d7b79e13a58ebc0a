"""`directory sign-in`: a way in for somebody with an account."""

import click

from directory.cli.shared import as_json, opened_parts, print_json


@click.command("sign-in")
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who signs in: the address of somebody with an account.")
@click.option("--to", default="/account", show_default=True, metavar="PATH", help="The page that opens then.")
@click.option("--site", default="", metavar="ADDRESS", help="Where the site is reached; else where this installation serves.")
@as_json
def sign_in(email: str, to: str, site: str, as_json: bool) -> None:
    """Print a link that signs somebody in: it works once, within ten minutes."""
    from urllib.parse import urlencode

    from directory.services.accounts.sign_in_link import give_sign_in_link

    with opened_parts() as parts:
        given = give_sign_in_link(parts, email, to)
        site = site.rstrip("/") or parts.settings.own_address
    link = f"{site}/sign-in?{urlencode({'link': given.token})}"
    if as_json:
        print_json({"link": link, "email": given.email, "expires_at": given.expires_at.isoformat()})
    else:
        click.echo(link)
