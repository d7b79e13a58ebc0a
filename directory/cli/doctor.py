"""`directory doctor`: what is set, what is wrong, and the remedy of each."""

from typing import Any

import click

from directory.cli.shared import as_json, print_json

_SET_RIGHT = "Set it right, or unset it for the default."


@click.command()
@as_json
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check everything; say what is wrong and what to do. Exit code 1 when something is wrong; a warning is none."""
    from directory.cli.checks.run import run_checks
    from directory.cli.checks.shown import settings_shown
    from directory.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        checks = [{"name": "settings", "ok": False, "found": "", "wrong": str(error), "warning": "", "remedy": _SET_RIGHT}]
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
            _tell(check)
    context.exit(0 if healthy else 1)


def _tell(check: dict[str, Any]) -> None:
    mark = "WRONG" if not check["ok"] else "warns" if check["warning"] else "ok   "
    click.echo(f"{mark} {check['name']}: {check['wrong'] or check['found']}")
    if check["warning"]:
        click.echo(f"      {check['warning']}")
    if check["wrong"] or check["warning"]:
        click.echo(f"      {check['remedy']}")
