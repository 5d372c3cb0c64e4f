"""Settings from the environment (``DETENTION_GRAPH_…``); read by ``cli`` and ``web.app`` only, everybody else is given values."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set, with its default.

    An empty ``neo4j_uri`` means: start a private Neo4j below ``home``.
    """

    model_config = SettingsConfigDict(env_prefix="DETENTION_GRAPH_", frozen=True, extra="forbid")

    neo4j_uri: str = Field(default="", description="bolt://, neo4j:// or their +s forms; empty: a private process")
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr = SecretStr("")
    neo4j_password_file: Path | None = Field(default=None, description="a file that holds the password, instead of it")
    neo4j_database: str = "neo4j"
    insecure: bool = Field(default=False, description="speak to a Neo4j on another machine without encryption")
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("detention-graph")))
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("detention-graph")))
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    query_seconds: float = Field(default=10.0, gt=0, description="time limit of one read statement in Neo4j")
    load_seconds: float = Field(default=600.0, gt=0, description="time limit of one load")
    ide: bool = Field(default=True, description="serve GraphiQL at /graphiql, and lead / to it")
    page_limit: int = Field(default=500, ge=1, description="the largest `first`")
    list_limit: int = Field(
        default=1000, ge=1, description="the most rows of a list without paging; beyond it an error, never a cut"
    )
    cost_limit: int = Field(default=2_000_000, ge=1, description="the most that an operation may cost, about rows read")
    body_limit: int = Field(default=1_000_000, ge=1, description="the most bytes of a request's body")
    token_limit: int = Field(default=3000, ge=1, description="the most tokens of a document")
    depth_limit: int = Field(default=20, ge=1, description="the most fields below one another")
    field_limit: int = Field(default=1000, ge=1, description="the most fields of a document, fragments written out")
    alias_limit: int = Field(default=60, ge=0, description="the most aliases of a document, fragments written out")
    directive_limit: int = Field(default=30, ge=0, description="the most directives of a document, likewise")

    at_once: int = Field(default=4, ge=1, description="operations that run at the same time; others wait")
    waiting: int = Field(default=64, ge=0, description="operations that may wait; others are told to come again (503)")
    wait_seconds: float = Field(default=0.5, gt=0, description="how long an operation may wait for its turn")
    share: bool = Field(
        default=True, description="equal operations that wait are answered together; false: each by itself"
    )
    lean: bool = Field(
        default=True, description="read over the lean Bolt connection where the address allows; false: the driver"
    )
    persisted: Path | None = Field(
        default=None, description="persisted operations: a JSON object of hashes and documents, or a folder of them"
    )
    only_persisted: bool = Field(default=False, description="answer persisted operations only")

    log: Literal["all", "problems", "none"] = Field(
        default="problems", description="requests that are logged: all, those that failed or took more than 1 s, none"
    )
    introspection: bool = Field(default=True, description="answer questions about the schema; GraphiQL asks them")
    metrics: bool = Field(default=True, description="serve /metrics for Prometheus")
    tracing: bool = Field(
        default=False, description="send OpenTelemetry spans to where OTEL_EXPORTER_OTLP_ENDPOINT says"
    )

    @field_validator("neo4j_password_file")
    @classmethod
    def _holds_the_password(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        if file is None:
            return None
        if others.data["neo4j_password"].get_secret_value():
            raise ValueError("a password is set as well; right would be one of the two")
        try:
            if _read_secret(file).get_secret_value():
                return file
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"right would be a file with the password, readable for this user: {error}") from None
        raise ValueError("the file is empty; right would be the password, on one line")

    @property
    def password(self) -> SecretStr:
        """The password of the database, wherever it was given."""
        return self.neo4j_password if self.neo4j_password_file is None else _read_secret(self.neo4j_password_file)


def _read_secret(file: Path) -> SecretStr:
    return SecretStr(file.read_text(encoding="utf-8").strip())
