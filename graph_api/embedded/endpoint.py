"""Where a Neo4j answers, and as whom to ask it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from graph_api.errors import InvalidSettings

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


def given(uri: str, user: str, password: SecretStr, database: str, *, insecure: bool = False) -> Endpoint:
    """Return the endpoint that the settings name, or ``InvalidSettings`` that says what an address looks like.

    Without encryption only this very machine is spoken to, unless that is called ``insecure`` and wanted.
    """
    address = _split(uri)
    if address is None or not address.hostname:
        raise InvalidSettings(
            f"the Neo4j address is {uri!r}; right would be a scheme, a host and a port, as in bolt://127.0.0.1:7687"
        )
    if address.scheme.endswith("+ssc"):
        raise InvalidSettings(
            f"the Neo4j address has the scheme {address.scheme}://, which trusts any certificate, so anybody; "
            f"right would be a certificate that can be checked, and one of {_schemes()}"
        )
    if address.scheme not in SCHEMES:
        raise InvalidSettings(
            f"the Neo4j address has the scheme {address.scheme}://; right would be one of {_schemes()}"
        )
    if address.username or address.password:
        raise InvalidSettings(
            "the Neo4j address holds a user or a password; right would be to give them as settings of their own"
        )
    if not (insecure or address.scheme.endswith("+s") or _is_here(address.hostname)):
        raise InvalidSettings(
            f"the Neo4j address {uri} is that of another machine, and {address.scheme}:// sends the password and the graph "
            f"in the clear; right would be {address.scheme}+s://, or --insecure (DETENTION_GRAPH_INSECURE=1) in a network of your own"
        )
    return Endpoint(uri, user, password, database)


def _is_here(host: str) -> bool:
    """Say whether this is the machine itself.

    >>> _is_here("localhost"), _is_here("127.0.0.2"), _is_here("::1"), _is_here("10.0.0.1"), _is_here("127.example")
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
