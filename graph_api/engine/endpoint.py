"""Where a Neo4j answers, and as whom to ask it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from graph_api.errors import BadSettings

SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a Neo4j with user, password and database; ``owned`` when this process started the server itself.

    >>> Endpoint("bolt://127.0.0.1:7687", "neo4j", SecretStr("secret"), "neo4j")
    Endpoint(uri='bolt://127.0.0.1:7687', user='neo4j', password=SecretStr('**********'), database='neo4j', owned=False)
    """

    uri: str
    user: str
    password: SecretStr
    database: str
    owned: bool = False


def given(uri: str, user: str, password: SecretStr, database: str) -> Endpoint:
    """Return the endpoint that the settings name, or ``BadSettings`` that says what an address looks like."""
    address = _split(uri)
    if address is None or not address.hostname:
        raise BadSettings(
            f"the Neo4j address is {uri!r}; right would be a scheme, a host and a port, as in bolt://127.0.0.1:7687"
        )
    if address.scheme.endswith("+ssc"):
        raise BadSettings(
            f"the Neo4j address has the scheme {address.scheme}://, which trusts any certificate, so anybody; "
            f"right would be a certificate that can be checked, and one of {_schemes()}"
        )
    if address.scheme not in SCHEMES:
        raise BadSettings(f"the Neo4j address has the scheme {address.scheme}://; right would be one of {_schemes()}")
    if address.username or address.password:
        raise BadSettings(
            "the Neo4j address holds a user or a password; right would be to give them as settings of their own"
        )
    return Endpoint(uri, user, password, database)


def _split(uri: str) -> SplitResult | None:
    try:
        address = urlsplit(uri)
        _ = address.port  # only read here does urllib check it
    except ValueError:
        return None
    return address


def _schemes() -> str:
    return ", ".join(f"{scheme}://" for scheme in SCHEMES)
