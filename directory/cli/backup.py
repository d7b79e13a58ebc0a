"""`directory backup`: the whole directory in one file."""

from pathlib import Path

import click

from directory.cli.shared import as_json, opened_parts, print_json, progress_bar, tell

LOUD = (
    "THIS COPY HOLDS THE KEYS: whoever has it can read everything that is personal in it, and sign in as anybody. "
    "Keep it where you keep keys, and nowhere else."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verify", "try_it", is_flag=True, help="Load the copy into a throw-away database and compare every table.")
@click.option("--over", is_flag=True, help="Replace a file of that name.")
@click.option("--with-keys", is_flag=True, help="Put the keys that what is personal is sealed with into the copy too.")
@as_json
def backup(file: Path, try_it: bool, over: bool, with_keys: bool, as_json: bool) -> None:
    """Copy the whole directory into FILE, as it is at one moment, while it is served.

    The copy goes back into SQLite as well as into PostgreSQL. It is sealed where BACKUP_KEYS is set.
    """
    from directory.services.keeping.backup import back_up

    with opened_parts() as parts, progress_bar("Copying the directory") as progress:
        report = back_up(parts, file, with_keys=with_keys, over=over, try_it=try_it, progress=progress)
        is_sealed = bool(parts.settings.backup_key_list)
    if with_keys:
        tell(LOUD)
    manifest = report.manifest
    if as_json:
        print_json(
            {
                "file": str(report.path),
                "bytes": report.size,
                "rows": manifest.rows,
                "tables": {table.shape.name: table.rows for table in manifest.tables},
                "revision": manifest.revision,
                "database": manifest.database,
                "made_at": manifest.made_at,
                "community": manifest.community,
                "keys": manifest.keys,
                "sealed": is_sealed,
                "verified": report.tried,
            }
        )
        return
    tried = "loaded and compared" if report.tried else "read again and whole"
    sealed = ", sealed" if is_sealed else ""
    tell(f"{report.path}: {manifest.rows} rows of {len(manifest.tables)} tables, {report.size / 1e6:.1f} MB{sealed}; {tried}.")
    if not with_keys:
        tell("The keys are not in it: keep sealing-keys of the data folder (or SEALING_KEYS) somewhere else, too.")
