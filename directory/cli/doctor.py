"""`directory doctor`: what is set, what is wrong, and the remedy of each."""

import click

from directory.cli.shared import as_json, print_json


@click.command()
@as_json
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check everything; say what is wrong and what to do. Exit code 1 when something is wrong."""
    from directory.cli.checks import run_checks, settings_shown
    from directory.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        checks = [
            {"name": "settings", "ok": False, "found": "", "wrong": str(error), "remedy": "Set it right, or unset it for the default."}
        ]
        shown: dict[str, str] = {}
    else:
        checks = [check.shape() for check in run_checks(settings)]
        shown = settings_shown(settings)
    healthy = all(check["ok"] for check in checks)
    if as_json:
        print_json({"ok": healthy, "checks": checks, "settings": shown})
    else:
        for name, value in shown.items():
            click.echo(f"  {name} = {value}")
        for check in checks:
            click.echo(f"{'ok   ' if check['ok'] else 'WRONG'} {check['name']}: {check['found'] if check['ok'] else check['wrong']}")
            if not check["ok"]:
                click.echo(f"      {check['remedy']}")
    context.exit(0 if healthy else 1)
