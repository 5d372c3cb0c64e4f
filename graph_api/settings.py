"""Settings from the environment (``DETENTION_GRAPH_…``); read by ``cli`` and ``web.app`` only, everything else is given values."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from graph_api.errors import InvalidSettings

PREFIX: Final = "DETENTION_GRAPH_"
RENAMED: Final[Mapping[str, str]] = {
    "AT_ONCE": "MAX_CONCURRENT_OPERATIONS",
    "WAITING": "MAX_QUEUED_OPERATIONS",
    "WAIT_SECONDS": "QUEUE_TIMEOUT",
    "LEAN": "NATIVE_BOLT",
    "ONLY_PERSISTED": "PERSISTED_ONLY",
    "HOME": "DATA_DIR",
    "IDE": "GRAPHIQL",
}
"""Former names, which are accepted with a warning until version 0.3, and the names that replaced them."""
WITHOUT_EFFECT: Final = frozenset({"SHARE"})
"""Former settings that are accepted with a warning until version 0.3, and ignored."""
READ_ELSEWHERE: Final = frozenset({"PUBLISH", "PASSWORD_FILE"})
"""Variables with the prefix that docker-compose.yml reads; those that begin with ``TEST_`` are for the tests."""


def _split(value: object) -> object:
    """Return the names in a text that separates them by commas."""
    return tuple(filter(None, (one.strip().lower() for one in value.split(",")))) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Lower-case names, in the environment separated by commas."""


class Settings(BaseSettings):
    """What can be set, with its default.

    An empty ``neo4j_uri`` means: start a private Neo4j below ``data_dir``. Raises InvalidSettings for environment variables with the
    prefix that are no settings.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    neo4j_uri: str = Field(default="", description="bolt://, neo4j:// or their +s forms; empty: a private process")
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr = SecretStr("")
    neo4j_password_file: Path | None = Field(default=None, description="a file that contains the password")
    neo4j_database: str = "neo4j"
    insecure: bool = Field(default=False, description="connect to Neo4j on another machine without encryption")
    data_dir: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("detention-graph")))
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("detention-graph")))
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64, description="processes that answer requests of the one port")
    allowed_hosts: Names = Field(
        default=(), description="names in the Host header, besides those of loopback, separated by commas; * allows all"
    )
    allow_restricted: bool = Field(
        default=False, description="serve a graph for the audience `restricted` on other addresses than loopback"
    )
    cors_origins: Names = Field(
        default=(), description="origins whose pages may read responses (https://app.example), separated by commas"
    )
    get: bool = Field(default=True, description="execute operations sent with GET; query strings end in access logs")
    query_seconds: float = Field(default=10.0, gt=0, description="time limit of one read statement in Neo4j")
    load_seconds: float = Field(default=600.0, gt=0, description="time limit of one load")
    transaction_mb: int | None = Field(
        default=None, ge=1, description="MB of one transaction of a private Neo4j; larger loads build a new graph"
    )
    graphiql: bool = Field(default=True, description="serve GraphiQL at /graphiql")
    pages: bool = Field(default=True, description="serve pages for readers at / and below")
    page_cache_mb: int = Field(
        default=32,
        ge=0,
        description="MB of pages that are kept as they were sent until the graph changes; 0 keeps none",
    )
    operator: str = Field(default="", description="who runs this edition, as named in documents")
    contact: str = Field(default="", description="where to write about this edition, as named in documents")
    index_people: bool = Field(default=False, description="let search engines index and archive pages about people")
    page_limit: int = Field(default=500, ge=1, description="the largest `first`")
    list_limit: int = Field(
        default=1000, ge=1, description="rows of a list without paging; more are an error, lists are never cut"
    )
    cost_limit: int = Field(default=2_000_000, ge=1, description="cost of an operation, about rows read")
    planning_limit: int = Field(
        default=2500, ge=1, description="planning cost of an operation, about milliseconds of the database"
    )
    body_limit: int = Field(default=1_000_000, ge=1, description="bytes of a request body")
    token_limit: int = Field(default=3000, ge=1, description="tokens of a document")
    depth_limit: int = Field(default=20, ge=1, description="nesting depth of fields")
    field_limit: int = Field(default=1000, ge=1, description="fields of a document, with its fragments expanded")
    alias_limit: int = Field(default=60, ge=0, description="aliases of a document, with its fragments expanded")
    directive_limit: int = Field(default=30, ge=0, description="directives of a document, with its fragments expanded")

    max_concurrent_operations: int = Field(default=4, ge=1, description="operations that run at the same time")
    max_queued_operations: int = Field(default=64, ge=0, description="operations that wait; more are rejected (503)")
    queue_timeout: float = Field(default=0.5, gt=0, description="seconds that an operation waits to run")
    planning_timeout: float = Field(
        default=5.0, gt=0, description="seconds that an operation that was not seen before waits to be planned"
    )
    trusted_proxies: str = Field(
        default="", description="addresses of proxies, separated by commas, whose X-Forwarded-For names the caller"
    )
    native_bolt: bool = Field(
        default=True, description="read over the native Bolt client where the address allows it; false: the driver"
    )
    as_of: bool = Field(
        default=True,
        description="`up` stores what was known on each day in the background, after its start and after each load; `no`: `detention-graph as-of` does",
    )
    persisted: Path | None = Field(
        default=None, description="persisted operations: a JSON object of hashes and documents, or a folder of them"
    )
    persisted_only: bool = Field(default=False, description="execute persisted operations only")

    log: Literal["all", "problems", "none"] = Field(
        default="problems", description="requests that are logged: all, those that failed or took more than 1 s, none"
    )
    introspection: bool = Field(default=True, description="allow introspection, which GraphiQL needs")
    metrics: bool = Field(default=True, description="serve /metrics for Prometheus")
    metrics_port: int | None = Field(default=None, ge=1, le=65535, description="serve /metrics on a port of its own")
    tracing: bool = Field(default=False, description="send OpenTelemetry spans to OTEL_EXPORTER_OTLP_ENDPOINT")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature of pydantic-settings
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments and the environment, with former names replaced."""
        environment = EnvSettingsSource(settings_cls)
        environment.env_vars = {name.lower(): value for name, value in _with_current_names(os.environ).items()}
        return init_settings, environment

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name != "*" and not re.fullmatch(r"\[[0-9a-f:.]+\]|[a-z0-9._-]+", name):
                raise ValueError(f"{name!r} is no host name; expected names without port, such as graph.example")
        return names

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not re.fullmatch(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", origin):
                raise ValueError(
                    f"{origin!r} is no origin; expected scheme, host and port, such as https://app.example"
                )
        return origins

    @field_validator("neo4j_password_file")
    @classmethod
    def _is_readable(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        if file is None:
            return None
        if others.data["neo4j_password"].get_secret_value():
            raise ValueError(f"set either {PREFIX}NEO4J_PASSWORD or {PREFIX}NEO4J_PASSWORD_FILE, not both")
        try:
            if _read_secret(file).get_secret_value():
                return file
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"expected a file with the password that this user can read: {error}") from None
        raise ValueError("the file is empty: expected the password on one line")

    @property
    def is_loopback(self) -> bool:
        """Whether ``host`` is reached from this machine only."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def proxies(self) -> frozenset[str]:
        """The addresses in ``trusted_proxies``."""
        return frozenset(one.strip() for one in self.trusted_proxies.split(",") if one.strip())

    @property
    def password(self) -> SecretStr:
        """The password of the database, from the setting or the file."""
        return self.neo4j_password if self.neo4j_password_file is None else _read_secret(self.neo4j_password_file)


def deprecation_warnings(environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each former name that is set."""
    names = [name.upper().removeprefix(PREFIX) for name in environment if name.upper().startswith(PREFIX)]
    return [
        *(f"{PREFIX}{name} is deprecated: use {PREFIX}{RENAMED[name]}." for name in names if name in RENAMED),
        *(f"{PREFIX}{name} is deprecated and has no effect." for name in names if name in WITHOUT_EFFECT),
    ]


def _with_current_names(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that are settings, under their current names; a current name takes precedence over a former one."""
    found: dict[str, str] = {}
    unknown = []
    for variable, value in environment.items():
        name = variable.upper().removeprefix(PREFIX)
        if not variable.upper().startswith(PREFIX) or name.startswith("TEST_"):
            continue
        if name in RENAMED:
            found.setdefault(PREFIX + RENAMED[name], value)
        elif name.lower() in Settings.model_fields:
            found[PREFIX + name] = value
        elif name not in READ_ELSEWHERE | WITHOUT_EFFECT:
            unknown.append(f"Unknown setting {variable}: did you mean {PREFIX}{_nearest(name)}?")
    if unknown:
        raise InvalidSettings(" ".join(unknown))
    return found


def _nearest(name: str) -> str:
    known = [*(field.upper() for field in Settings.model_fields), *RENAMED]
    [nearest] = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return RENAMED.get(nearest, nearest)


def _read_secret(file: Path) -> SecretStr:
    return SecretStr(file.read_text(encoding="utf-8").strip())
