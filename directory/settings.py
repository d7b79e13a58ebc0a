"""All settings, read once from the environment into one frozen, typed object; `doctor` prints them and says what is wrong."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = frozenset(
    {
        "SECRET_KEY",
        "SEALING_KEYS",
        "BACKUP_KEYS",
        "MAIL_SERVER",
        "TEXT_WEBHOOK_URL",
        "TEXT_WEBHOOK_TOKEN",
        "MEILI_SEARCH_KEY",
        "MEILI_WRITE_KEY",
        "METRICS_TOKEN",
        "OIDC_CLIENT_SECRET",
    }
)
"""Settings whose value is shown nowhere."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that stand for this machine alone."""


class Settings(BaseSettings):
    """Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_file=None)

    data_dir: Path = Field(Path("var"), description="Folder that holds all state of the embedded default: database, index, keys, caches.")
    database_url: str = Field("", description="SQLAlchemy address of the database; empty: SQLite in the data folder.")
    database_read_url: str = Field(
        "", description="SQLAlchemy address of a read replica, for searches and public pages; empty: the database itself."
    )
    database_pool_size: int = Field(5, ge=1, le=200, description="Connections that each process keeps to a database server.")
    database_pool_overflow: int = Field(5, ge=0, le=200, description="Connections more that it makes when those are all in use.")
    database_pool_wait_seconds: float = Field(10, gt=0, le=60, description="Longest wait for one when there are no more.")
    database_recycle_seconds: int = Field(1800, ge=30, description="Age at which a connection is made anew.")
    database_statement_seconds: int = Field(
        15, ge=0, le=3600, description="Longest that one statement of a page may take on a database server; 0: no limit."
    )
    search_engine: Literal["embedded", "meilisearch"] = Field(
        "embedded", description="What searches: embedded, an index of each host in the data folder, or meilisearch, a server for all hosts."
    )
    meili_url: str = Field("", description="Address of the Meilisearch server, as in http://127.0.0.1:7700.")
    meili_search_key: str = Field("", description="Key that may search; printed by: directory index keys.")
    meili_write_key: str = Field("", description="Key that keeps the index in step; printed by: directory index keys.")
    meili_index: str = Field("services", description="Name of the index; two communities on one server need two names.")
    host: str = Field("127.0.0.1", description="Address to serve on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on.")
    web_workers: int = Field(2, ge=1, le=64, description="Number of web processes.")
    web_threads: int = Field(4, ge=1, le=64, description="Threads in each web process.")
    public_address: str = Field(
        "", pattern=r"^(https?://[^/?#\s]+)?/?$", description="Address under which people reach the site, as in https://help.example.org."
    )
    secret_key: str = Field("", description="Key for cookies and signed links; empty: made once and kept in the data folder.")
    sealing_keys: str = Field(
        "", description="Keys for what is personal, newest first, with commas between; empty: made once and kept in the data folder."
    )
    mail_server: str = Field(
        "",
        pattern=r"^(smtps?://\S+)?$",
        description="Mail server, as in smtp://user:password@mail.example.org:587; empty: no mail is sent.",
    )
    mail_from: str = Field("", description="Address that mails come from.")
    text_webhook_url: str = Field(
        "", pattern=r"^(https?://\S+)?$", description='Address that takes text messages as JSON, {"to": …, "text": …}; empty: none is sent.'
    )
    text_webhook_token: str = Field("", description="Bearer token that goes along to that address.")
    text_mail_domain: str = Field("", description="Domain of a telephone company that takes mails as text messages, for want of the above.")
    oidc_issuer: str = Field(
        "", description="OpenID Connect: the issuer whose accounts people may come in by, as in https://login.example.org; empty: none."
    )
    oidc_client_id: str = Field("", description="What this site is called there.")
    oidc_client_secret: str = Field("", description="Its secret there; empty: it has none, and the proof key is enough.")
    oidc_name: str = Field("", description="What the button says of it, as in City of Ottawa; empty: the host of the issuer.")
    backup_keys: str = Field("", description="Keys that copies are sealed with, newest first, with commas between; empty: none is.")
    meaning: Literal["lexicon", "embeddings"] = Field(
        "lexicon",
        description="How plain words are understood: `lexicon`, or `embeddings` beside it, an extra of 32 MB that ./run installs then.",
    )
    geocoder: str = Field("", description="Name of an online geopy service used for street addresses at import; empty: none is called.")
    geocoder_user_agent: str = Field("", description="What the online geocoder is told about who asks; its policy asks for a contact.")
    geocoder_options: dict[str, str] = Field({}, description='Options of that service as JSON, such as {"api_key": "…"}.')
    geocoder_for_visitors: bool = Field(False, description="Set to let street addresses that visitors type go to that service too.")
    map_tiles_url: str = Field(
        "", description="Address pattern of a map tile server, with {z}/{x}/{y}; empty: no third party is asked for tiles."
    )
    map_tiles_attribution: str = Field("", description="Words of thanks that the tile server asks for.")
    secure_cookies: bool = Field(False, description="Set on a site served over https: cookies travel only there.")
    trusted_proxies: int = Field(0, ge=0, le=3, description="How many reverse proxies stand in front and set X-Forwarded-For.")
    webhooks_to_private: bool = Field(
        False, description="Set to let webhooks go to addresses of the own network and over plain http, for trying them out."
    )
    link_checks: str = Field(
        "",
        description="Hosts whose websites are checked once in a while, with spaces between: example.org, *.example.org, or * for all; "
        "empty: none is asked.",
    )
    gap_log_days: int = Field(400, ge=1, le=3_660, description="For how many days searches that found too little are kept, without words.")
    embed_hosts: str = Field(
        "", description="Sites that may show the search box in a frame, with spaces between, as in https://school.example; empty: none."
    )
    metrics_token: str = Field(
        "", description="What Prometheus sends as its bearer token to read /metrics; empty: only this machine may read it."
    )
    log_level: str = Field("INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR.")

    @field_validator("sealing_keys", "backup_keys")
    @classmethod
    def _each_is_a_key(cls, written: str) -> str:
        if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key.strip()) for key in written.split(",") if key.strip()):
            raise ValueError("each key is 32 bytes in URL-safe base64: 43 letters and =")
        return written

    @field_validator("link_checks")
    @classmethod
    def _each_is_a_host(cls, written: str) -> str:
        if not all(re.fullmatch(r"\*|(\*\.)?([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", host) for host in written.split()):
            raise ValueError("each host is written as example.org or *.example.org, with spaces between; * stands for all")
        return written

    @field_validator("meili_url")
    @classmethod
    def _is_a_web_address(cls, written: str) -> str:
        if written and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", written):
            raise ValueError("it is an address such as http://127.0.0.1:7700, without a name or password in it")
        return written.rstrip("/")

    @field_validator("meili_index")
    @classmethod
    def _is_a_name(cls, written: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", written):
            raise ValueError("a name has small letters, digits and hyphens, and begins with a letter")
        return written

    @model_validator(mode="after")
    def _knows_its_search_server(self) -> Self:
        if self.search_engine == "meilisearch":
            for name in ("meili_url", "meili_search_key", "meili_write_key"):
                if not getattr(self, name):
                    raise ValueError(f"SEARCH_ENGINE=meilisearch needs {name.upper()}; directory index keys prints the keys")
        return self

    @field_validator("oidc_issuer")
    @classmethod
    def _is_a_safe_address(cls, written: str) -> str:
        on_this_machine = r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(/\S*)?"
        if written and not re.fullmatch(rf"https://[^\s/@?#]+(/[^\s?#]*)?|{on_this_machine}", written):
            raise ValueError("it is an address that begins with https://, such as https://login.example.org")
        return written.rstrip("/")

    @model_validator(mode="after")
    def _is_known_to_its_issuer(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID: what this site is called there")
        return self

    @property
    def own_address(self) -> str:
        """The address that it is served on. This machine is called by its name, since a passkey belongs to a name."""
        host = "localhost" if self.host in LOOPBACK else f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def database_address(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'directory.sqlite'}"

    @property
    def sealing_key_list(self) -> tuple[str, ...]:
        return tuple(key.strip() for key in self.sealing_keys.split(",") if key.strip())

    @field_validator("embed_hosts")
    @classmethod
    def _each_is_a_site(cls, written: str) -> str:
        if not all(re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?", host) for host in written.split()):
            raise ValueError("each site is written as https://school.example or https://*.school.example, with spaces between")
        return written

    @property
    def embed_host_list(self) -> tuple[str, ...]:
        return tuple(self.embed_hosts.split())

    @property
    def backup_key_list(self) -> tuple[str, ...]:
        return tuple(key.strip() for key in self.backup_keys.split(",") if key.strip())

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what would be right."""


def read_settings(**overrides: object) -> Settings:
    """Read the environment. Raise `SettingsError` with one sentence naming the setting that is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        if not name:
            raise SettingsError(f"{first['msg'].removeprefix('Value error, ')}.") from None
        given = "" if name in SECRETS or "@" in str(first["input"]) else f" (it is {first['input']!r})"
        raise SettingsError(f"{name}: {first['msg']}{given}.") from None
