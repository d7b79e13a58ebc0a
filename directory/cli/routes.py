"""`directory routes`: every address of the application, its methods and who may reach it."""

import click

from directory.cli.shared import as_json, opened_parts, print_json


@click.command()
@as_json
def routes(as_json: bool) -> None:
    """List every address and who may reach it."""
    from directory.app import app_of
    from directory.services.policy import policy_of

    with opened_parts() as parts:
        app = app_of(parts)
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    found = [(rule.rule, sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}), policy_of(app.extensions, rule.endpoint)) for rule in rules]
    if as_json:
        print_json({"routes": [{"address": address, "methods": methods, "policy": policy} for address, methods, policy in found]})
        return
    for address, methods, policy in found:
        click.echo(f"{policy or 'none':<10} {' '.join(methods):<10} {address}")
