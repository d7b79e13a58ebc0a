"""`directory migrate`: bring the database to the tables of this version."""

import click

from directory.cli.shared import as_json, print_json, tell


@click.command()
@as_json
def migrate(as_json: bool) -> None:
    """Bring the database to the tables of this version."""
    from directory.app import open_database
    from directory.settings import read_settings
    from directory.store.migrate import current_revision, upgrade

    database = open_database(read_settings(), name="directory migrate")
    try:
        before = current_revision(database)
        ran = upgrade(database)
        after = current_revision(database)
    finally:
        database.close()
    if as_json:
        print_json({"migrated": ran, "before": before, "revision": after})
    else:
        tell(f"The database is now at revision {after}." if ran else f"The database was at revision {after} already.")
