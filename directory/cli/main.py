"""The command line: `directory COMMAND`. Each command has a module of its own, read only when it is called, so that none waits for another.

What goes wrong is said in one sentence on standard error: exit code 1, or 2 when the command was not written right.
"""

import importlib
import sys
from collections.abc import Mapping

import click

COMMANDS: Mapping[str, str] = {
    "serve": "directory.cli.serve:serve",
    "worker": "directory.cli.worker:worker",
    "init": "directory.cli.init:init",
    "migrate": "directory.cli.migrate:migrate",
    "backup": "directory.cli.backup:backup",
    "restore": "directory.cli.restore:restore",
    "upgrade": "directory.cli.upgrade:upgrade",
    "search": "directory.cli.search:search",
    "import": "directory.cli.import_:import_",
    "export": "directory.cli.export:export",
    "match": "directory.cli.match:match",
    "index": "directory.cli.index:index",
    "list": "directory.cli.list:list_",
    "doctor": "directory.cli.doctor:doctor",
    "eligibility": "directory.cli.eligibility:eligibility",
    "taxonomy": "directory.cli.taxonomy:taxonomy",
    "users": "directory.cli.users:users",
    "access": "directory.cli.access:access",
    "sign-in": "directory.cli.sign_in:sign_in",
    "duplicates": "directory.cli.duplicates:duplicates",
    "gaps": "directory.cli.gaps:gaps",
    "rules": "directory.cli.rules:rules",
    "planning": "directory.cli.planning:planning",
    "referrals": "directory.cli.referrals:referrals",
    "partners": "directory.cli.partners:partners",
    "privacy": "directory.cli.privacy:privacy",
    "verify": "directory.cli.verify:verify",
    "quality": "directory.cli.quality:quality",
    "overlaps": "directory.cli.overlaps:overlaps",
    "webhooks": "directory.cli.webhooks:webhooks",
    "seed": "directory.cli.seed:seed",
    "routes": "directory.cli.routes:routes",
}
"""Name -> where the command is."""


class LazyGroup(click.Group):
    """A group that reads a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def directory() -> None:
    """A community's shared directory of programs.

    Settings are environment variables (docs/operations.md lists them); DATA_DIR is the folder that holds all state.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; the process ends with its exit code."""
    from directory.cli.errors import sentence_of
    from directory.gateways.logs import set_up_logs

    set_up_logs()
    try:
        directory.main(args=arguments, prog_name="directory", standalone_mode=True)
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        click.echo(f"directory: {sentence}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
