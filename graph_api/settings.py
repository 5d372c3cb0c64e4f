"""Settings from the environment (``DETENTION_GRAPH_…``); read by ``cli`` and ``web.app`` only, everybody else is given values."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set, with its default.

    An empty ``neo4j_uri`` means: start a private Neo4j below ``home``.
    """

    model_config = SettingsConfigDict(env_prefix="DETENTION_GRAPH_", frozen=True, extra="forbid")

    neo4j_uri: str = Field("", description="bolt://, neo4j:// or their +s forms; empty: a private process")
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr = SecretStr("")
    neo4j_database: str = "neo4j"
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("detention-graph")))
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("detention-graph")))
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    query_seconds: float = Field(10.0, gt=0, description="time limit of one read statement in Neo4j")
    load_seconds: float = Field(600.0, gt=0, description="time limit of one load")
    page_limit: int = Field(500, ge=1, description="the largest `first`")
    list_limit: int = Field(
        1000, ge=1, description="the most rows of a list without paging; beyond it an error, never a cut"
    )
