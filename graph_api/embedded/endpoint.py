"""The address of a Neo4j with credentials and database name. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from graph_api.errors import InvalidSettings

SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a Neo4j with user, password and database; ``owned`` where this process started the server.

    >>> Endpoint("bolt://127.0.0.1:7687", "neo4j", SecretStr("secret"), "neo4j")
    Endpoint(uri='bolt://127.0.0.1:7687', user='neo4j', password=SecretStr('**********'), database='neo4j', owned=False)
    """

    uri: str
    user: str
    password: SecretStr
    database: str
    owned: bool = False


def given(uri: str, user: str, password: SecretStr, database: str, *, insecure: bool = False) -> Endpoint:
    """Return the endpoint of the settings.

    Raises InvalidSettings for an invalid address, and for another machine without TLS unless ``insecure`` is set.
    """
    address = _split(uri)
    if address is None or not address.hostname:
        raise InvalidSettings(
            f"Invalid Neo4j address {uri!r}: expected a scheme, a host and a port, such as bolt://127.0.0.1:7687."
        )
    if address.scheme.endswith("+ssc"):
        raise InvalidSettings(
            f"Invalid scheme '{address.scheme}://' of the Neo4j address: it trusts any certificate. "
            f"Expected a certificate that can be checked, and one of {_schemes()}."
        )
    if address.scheme not in SCHEMES:
        raise InvalidSettings(
            f"Invalid scheme '{address.scheme}://' of the Neo4j address: expected one of {_schemes()}."
        )
    if address.username or address.password:
        raise InvalidSettings(
            "Invalid Neo4j address: it holds a user or a password. Expected them as settings of their own."
        )
    if not (insecure or address.scheme.endswith("+s") or _is_loopback(address.hostname)):
        raise InvalidSettings(
            f"Insecure Neo4j address {uri}: {address.scheme}:// sends the password and the graph to another machine without encryption. "
            f"Expected {address.scheme}+s://, or --insecure (DETENTION_GRAPH_INSECURE=1) in a network of your own."
        )
    return Endpoint(uri, user, password, database)


def _is_loopback(host: str) -> bool:
    """Return whether a host is this machine.

    >>> _is_loopback("localhost"), _is_loopback("127.0.0.2"), _is_loopback("::1"), _is_loopback("10.0.0.1"), _is_loopback("127.example")
    (True, True, True, False, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _split(uri: str) -> SplitResult | None:
    try:
        address = urlsplit(uri)
        _ = address.port  # only read here does urllib check it
    except ValueError:
        return None
    return address


def _schemes() -> str:
    return ", ".join(f"{scheme}://" for scheme in SCHEMES)
