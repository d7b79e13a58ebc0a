"""`directory serve`: the whole product in one command: tables, demo community where there is nothing yet, index, pages, worker."""

import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.shared import opened_parts, progress_bar, tell
from directory.domain.errors import Unavailable

if TYPE_CHECKING:
    from directory.services.parts import Parts
    from directory.settings import Settings
    from seeds.people import DemoSignIn

TRY_THESE = ("food tomorrow morning near 19104", "shelter women children", "legal aid eviction")
"""Searches that find something in the demo community."""


@click.command()
@click.option("--no-demo", is_flag=True, help="Leave an empty directory empty instead of loading the demo community.")
def serve(no_demo: bool) -> None:
    """Set up what is missing, then serve pages and keep the index in step."""
    from directory.cli.processes import Supervisor
    from directory.settings import read_settings

    began = time.monotonic()
    settings = read_settings()
    check_port(settings.host, settings.port)
    sign_ins = prepare(no_demo=no_demo)
    supervisor = Supervisor(settings)
    sys.exit(supervisor.run(lambda: greet(settings, time.monotonic() - began, sign_ins)))


def check_port(host: str, port: int) -> None:
    """Raise `Unavailable` where somebody else listens, before anything is started."""
    from directory.cli.processes import listened_on

    for own in listened_on(host):
        family = socket.AF_INET6 if ":" in own else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((own, port))
            except OSError as error:
                why = (error.strerror or str(error)).lower()
                raise Unavailable(
                    f"{own}:{port} cannot be served on ({why}); choose another with --port, or stop what serves there."
                ) from None


def prepare(*, no_demo: bool) -> "tuple[DemoSignIn, ...]":
    """Make the tables, load the demo where there is nothing yet, build the index where it is not ready; quick where all is there. Whom one
    may come in as, where this is a demo."""
    from directory.services.indexing.rebuild import rebuild_index
    from directory.services.starting import is_empty
    from directory.store.migrate import upgrade

    with opened_parts() as parts:
        upgrade(parts.database)
        if not no_demo and (is_empty(parts) or unfinished_demo(parts).exists()):
            load_demo(parts)
        if not parts.meaning.is_prepared:
            with progress_bar("Making vectors of what people say") as progress:
                parts.meaning.prepare(progress)
        *servers, own = parts.each_index()
        if not any(_is_ready(server) for server in servers) and not own.search.health().ready:
            with progress_bar("Building the search index") as progress:
                rebuild_index(own, progress=progress)
        return demo_people(parts)


def _is_ready(server: "Parts") -> bool:
    """Whether the index of a server answers. The worker builds it where there is none, and goes on trying where it is not to be reached."""
    health = server.search.health()
    if not health.ready:
        tell(f"{health.detail} Searches are answered by this host's own index meanwhile; the worker sees to the other.")
    return health.ready


def unfinished_demo(parts: "Parts") -> Path:
    """A note in the data folder while the demo is being loaded: where it is found, somebody interrupted the loading."""
    return parts.settings.data_dir / "demo-unfinished"


def load_demo(parts: "Parts") -> None:
    """The made-up community and the open data that ship with the product. What is there already is left as it is."""
    from seeds.demo import load_demo as load

    note = unfinished_demo(parts)
    note.touch()
    with progress_bar("Loading the demo community") as progress:
        load(parts, progress)
    note.unlink()


def demo_people(parts: "Parts") -> "tuple[DemoSignIn, ...]":
    """Somebody for each role, made where this is a demo and they are not there yet."""
    from directory.services.listings.community import read_community

    if not read_community(parts).is_demo:
        return ()
    from seeds.conversations import begin_with_conversations
    from seeds.needs import begin_with_some
    from seeds.people import make_demo_people
    from seeds.plans import begin_with_plans
    from seeds.searches import begin_with_searches

    sign_ins = make_demo_people(parts)
    begin_with_searches(parts)
    begin_with_some(parts)
    begin_with_conversations(parts)
    begin_with_plans(parts)
    return sign_ins


def greet(settings: "Settings", seconds: float, sign_ins: "tuple[DemoSignIn, ...]" = ()) -> None:
    """Where to go, what to try and whom to come in as, once searches are answered."""
    from urllib.parse import quote_plus

    address = settings.own_address
    tell(f"Serving {address} after {seconds:.1f} s. Try:")
    for words in TRY_THESE:
        tell(f"  {address}/search?q={quote_plus(words)}")
    if sign_ins:
        tell(f"Sign in at {address}/sign-in with the password “{sign_ins[0].password}” as:")
        for one in sign_ins:
            tell(f"  {one.role:<14} {one.email}")
        tell("Let a day pass for its referrals: ./run referrals let-pass 1d, or the button at /admin/outbox.")
    tell("Stop with Ctrl-C.")
