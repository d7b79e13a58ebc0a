"""The composition root: the only module that knows everybody. It makes the working parts once and hands them down."""

from __future__ import annotations

import gc
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from directory.domain.clock import Clock
from directory.domain.danger import dangers_in
from directory.gateways.clock import SystemClock
from directory.gateways.demo_clock import DemoClock
from directory.gateways.embedding import EmbedderMissing, make_embedder
from directory.gateways.geocode import Geocoding
from directory.gateways.geocode.chain import Chain
from directory.gateways.geocode.gazetteer import open_gazetteer
from directory.gateways.host import host_name
from directory.gateways.kept_once import kept_once
from directory.gateways.logs import set_up_logs
from directory.gateways.oidc import Issuer
from directory.services.finding.meaning import Meaning
from directory.services.indexing.catching_up import has_caught_up
from directory.services.indexing.consumers import ONLY_HOST, name_of_host
from directory.services.keeping.measures import Measures, share_in
from directory.services.listings.community import community_in
from directory.services.parts import KeptIndex, Parts
from directory.settings import Settings, read_settings
from directory.store import replica
from directory.store.geocode_cache import TableCache
from directory.store.sealing import Keyring
from directory.store.server import ServerOptions
from directory.store.session import Database
from search_index import patience
from search_index.embedded import TantivyEngine
from search_index.fallback import WithFallback
from search_index.port import SearchEngine

if TYPE_CHECKING:
    from flask import Flask

    from directory.services.access_table import Row


def build_parts(
    settings: Settings, *, search: SearchEngine | None = None, clock: Clock | None = None, name: str = "directory", serving: bool = False
) -> Parts:
    """Open the database, the index and the gazetteer that the settings name. Nothing is migrated, loaded or built here.

    `name` is what a database server shows of this process; `serving`: somebody waits for each answer, so statements have a time limit.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = open_database(settings, name=name, serving=serving)
    clock = clock or DemoClock(SystemClock(), settings.data_dir, lambda: _is_demo(database))
    indexes = () if search else make_indexes(settings, database)
    return Parts(
        settings=settings,
        database=database,
        search=search or make_search(indexes, database),
        geocoding=make_geocoding(settings, database, clock),
        clock=clock,
        consumer=indexes[0].consumer if indexes else settings.search_engine,
        indexes=indexes if len(indexes) > 1 else (),
        meaning=make_meaning(settings),
        issuer=make_issuer(settings, clock),
    )


def _is_demo(database: Database) -> bool:
    """Whether what is served is made up."""
    try:
        with database.reading() as session:
            return community_in(session).is_demo
    except SQLAlchemyError:
        return False


def make_indexes(settings: Settings, database: Database) -> tuple[KeptIndex, ...]:
    """The indexes that the settings name: this host's own, and before it that of a server, whose engine is an extra."""
    several = not database.is_sqlite
    own = KeptIndex(name_of_host(host_name(settings.data_dir)) if several else ONLY_HOST, TantivyEngine(settings.index_dir))
    if settings.search_engine == "embedded":
        return (own,)
    from search_index.meili import MeiliEngine

    server = MeiliEngine(
        settings.meili_url, search_key=settings.meili_search_key, write_key=settings.meili_write_key, index=settings.meili_index
    )
    return KeptIndex(settings.search_engine, server), own


def make_search(indexes: tuple[KeptIndex, ...], database: Database) -> SearchEngine:
    """What answers searches: the one index, or a server's with this host's own in reserve."""
    if len(indexes) == 1:
        return indexes[0].engine
    main, own = indexes
    names = main.consumer, own.consumer
    return WithFallback(main.engine, own.engine, names=names, tell=_tell_of_search, has_caught_up=lambda: has_caught_up(database, *names))


def _tell_of_search(what: str, why: str) -> None:
    structlog.get_logger("directory.search").warning("search_server", now=what, why=why)


def make_meaning(settings: Settings) -> Meaning:
    """What plain words mean: the lexicon, and vectors where a setting asks for them and they are installed (`doctor` tells)."""
    try:
        embedder = make_embedder(settings.meaning)
    except EmbedderMissing as missing:
        structlog.get_logger().warning("meaning by the lexicon alone", why=str(missing))
        embedder = None
    return Meaning(embedder, settings.data_dir)


def make_issuer(settings: Settings, clock: Clock) -> Issuer | None:
    """The organization that says who people are, where the settings name one; its library is an extra."""
    if not settings.oidc_issuer:
        return None
    try:
        from directory.gateways.oidc.by_authlib import AuthlibIssuer
    except ImportError as missing:
        structlog.get_logger().warning("nobody comes in by another organization", why=str(missing))
        return None
    return AuthlibIssuer(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_name,
        now=lambda: clock.now().timestamp(),
    )


def open_database(settings: Settings, *, name: str = "directory", serving: bool = False) -> Database:
    """The database that the settings name, with its replica and its keys."""
    server = ServerOptions(
        size=settings.database_pool_size,
        overflow=settings.database_pool_overflow,
        wait_seconds=settings.database_pool_wait_seconds,
        recycle_seconds=settings.database_recycle_seconds,
        statement_seconds=settings.database_statement_seconds if serving else 0,
        name=name,
    )
    keyring = Keyring(settings.sealing_key_list, settings.data_dir / "sealing-keys")
    return Database(settings.database_address, keyring=keyring, server=server, read_address=settings.database_read_url)


def make_geocoding(settings: Settings, database: Database, clock: Clock) -> Geocoding:
    """The gazetteer; behind it, for street addresses, the online service that a setting names."""
    if not settings.geocoder:
        return open_gazetteer(settings.data_dir)
    from directory.gateways.geocode.online import make_online_geocoder

    online = make_online_geocoder(
        settings.geocoder,
        user_agent=settings.geocoder_user_agent,
        options=settings.geocoder_options,
        cache=TableCache(database, clock),
    )
    return Chain(open_gazetteer(settings.data_dir), online, visitors_may_go_online=settings.geocoder_for_visitors)


def create_app(settings: Settings | None = None, *, search: SearchEngine | None = None, clock: Clock | None = None) -> Flask:
    """The web application: pages and JSON over the same use cases."""
    settings = settings or read_settings()
    set_up_logs(settings.log_level)
    parts = build_parts(settings, search=search, clock=clock, name="directory web", serving=True)
    parts.gaps.write_to(parts.database)
    dangers_in("ready")  # the lists are read before anybody waits for them
    parts.meaning.rank("ready")  # and so are the lexicon and the vectors
    return app_of(parts)


def served_app() -> Flask:
    """The application in a process that does nothing but serve."""
    settings = read_settings()
    share_in(settings.data_dir.absolute() / "measures")
    app = create_app(settings)
    settle()
    return app


def settle() -> None:
    """What was made so far lives as long as the process, and remembered listings hold no cycles: to look through them all for garbage would
    stop every answer for some tenths of a second, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def app_of(parts: Parts) -> Flask:
    """The web application over parts that exist already. Pages and JSON are imported here, since the command line needs neither."""
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from directory.api.blueprint import register as register_api
    from directory.web.blueprint import register as register_web

    app = Flask("directory", static_folder=None, template_folder=None)
    if hops := parts.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions["directory"] = parts
    app.config.update(
        SECRET_KEY=secret_key(parts.settings),
        MAX_CONTENT_LENGTH=1_000_000,
        SESSION_COOKIE_SECURE=parts.settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.before_request(_begin_reading)
    app.teardown_request(_end_page)
    _measure(app, parts.measures)
    register_api(app)
    register_web(app)
    return app


def access_rows(app: Flask) -> list[Row]:
    """Every address of the application with who may reach it, in the order of the addresses."""
    from directory.services.access_table import row_of
    from directory.services.policy import policy_of

    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    return [row_of(rule.rule, rule.methods or (), rule.arguments, policy_of(app.extensions, rule.endpoint)) for rule in rules]


def _measure(app: Flask, measures: Measures) -> None:
    """Count every answer by the part of the site it came from."""
    from flask import Response, g, request

    @app.before_request
    def start() -> None:
        g.measured_from = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        began = g.get("measured_from")
        if began is not None:
            measures.answer((request.endpoint or "none").partition(".")[0], response.status_code, time.perf_counter() - began)
        return response


def _begin_reading() -> None:
    """A request reads what it wrote itself; somebody signed in, whose cookie this is, sees the present on every page. All that it asks of
    the index shares one patience."""
    from flask import request

    from directory.web.visitor import COOKIE_NAMES

    patience.begin_page()
    replica.begin(primary_only=any(name in request.cookies for name in COOKIE_NAMES))


def _end_page(_error: BaseException | None) -> None:
    patience.end_page()


def secret_key(settings: Settings) -> str:
    """The key from the settings, or one made once and kept in the data folder, readable by its owner only."""
    if settings.secret_key:
        return settings.secret_key
    return kept_once(settings.data_dir / "secret-key", lambda: secrets.token_urlsafe(48))
