"""`directory restore`: come back from a copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directory.cli.shared import acting_as, as_json, opened_parts, print_json, progress_bar, tell

if TYPE_CHECKING:
    from directory.services.keeping.restore import RestoreReport


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Put it in the place of the directory that is here; what is here is kept beside.")
@click.option("--with-keys", is_flag=True, help="Put the keys of the copy into the data folder, too.")
@click.option("--check", "only_check", is_flag=True, help="Only load it into a throw-away database and compare; nothing is changed.")
@acting_as
@as_json
def restore(file: Path, yes: bool, with_keys: bool, only_check: bool, actor: str, as_json: bool) -> None:
    """Put the copy FILE in place, bring it to this version, and build the index anew.

    What was erased or revoked since the copy was made stays so. Nobody stays signed in.
    """
    from directory.services.keeping.backup import try_copy
    from directory.services.keeping.restore import restore_and_rebuild

    with opened_parts() as parts:
        if only_check:
            with progress_bar("Trying the copy") as progress:
                manifest = try_copy(parts, file, progress=progress)
            if as_json:
                print_json({"file": str(file), "rows": manifest.rows, "revision": manifest.revision, "whole": True})
            else:
                tell(
                    f"{file} comes back as it was: {manifest.rows} rows of {manifest.community or 'no community'}, made {manifest.made_at}."
                )
            return
        with progress_bar("Restoring the directory") as progress:
            report = restore_and_rebuild(parts, file, yes=yes, with_keys=with_keys, actor=actor, progress=progress)
    if as_json:
        print_json({**_shape(report), "by": actor})
    else:
        for line in _said(report):
            tell(line)


def _shape(report: "RestoreReport") -> dict[str, Any]:
    manifest = report.manifest
    return {
        "rows": manifest.rows,
        "community": manifest.community,
        "made_at": manifest.made_at,
        "revision": manifest.revision,
        "migrated": report.migrated,
        "erased_again": report.erased_again,
        "kept": str(report.kept) if report.kept else None,
        "can_open": report.can_open,
        "keys": list(report.keys_written),
        "not_built": dict(report.not_built),
    }


def _said(report: "RestoreReport") -> Iterator[str]:
    manifest = report.manifest
    yield f"{manifest.community or 'The directory'} is back as of {manifest.made_at}: {manifest.rows} rows."
    if report.migrated:
        yield f"Its tables were of revision {manifest.revision} and have been brought to this version."
    if report.erased_again:
        yield f"{report.erased_again} rows that had been deleted for good since were deleted again."
    if report.kept:
        yield f"What was here is kept in {report.kept}. It holds what is personal: delete it when you no longer need it."
    if not report.can_open:
        yield "What is personal in it was sealed with keys that are not here."
        yield "Put the old sealing-keys into the data folder, or set SEALING_KEYS."
    for name, why in report.not_built:
        yield f"The index {name} is not built anew yet; its worker does it. {why}"
    yield "Start the pages and the worker anew, if they run."
