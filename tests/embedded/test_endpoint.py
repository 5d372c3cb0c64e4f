"""Addresses that are taken and addresses that are not."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from graph_api.embedded.endpoint import SCHEMES, given
from graph_api.errors import InvalidSettings

SECRET = SecretStr("open sesame")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_address_with_a_right_scheme_is_taken_as_it_is(scheme: str) -> None:
    endpoint = given(f"{scheme}://db.example:7687", "reader", SECRET, "cases", insecure=True)
    assert (endpoint.uri, endpoint.user, endpoint.database) == (f"{scheme}://db.example:7687", "reader", "cases")
    assert not endpoint.owned


def test_password_is_not_shown() -> None:
    assert "sesame" not in repr(given("bolt+s://db.example:7687", "reader", SECRET, "neo4j"))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("host", ["db.example", "10.0.0.1", "[2001:db8::1]", "127.0.0.1.example"])
def test_another_machine_is_not_spoken_to_in_the_clear(scheme: str, host: str) -> None:
    with pytest.raises(InvalidSettings, match=rf"{scheme}\+s://, or --insecure"):
        given(f"{scheme}://{host}:7687", "reader", SECRET, "neo4j")
    assert given(f"{scheme}+s://{host}:7687", "reader", SECRET, "neo4j")
    assert given(f"{scheme}://{host}:7687", "reader", SECRET, "neo4j", insecure=True)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_this_machine_needs_no_encryption(host: str) -> None:
    assert given(f"neo4j://{host}:7687", "reader", SECRET, "neo4j")


@pytest.mark.parametrize(
    "uri", ["bolt+ssc://db.example", "neo4j+ssc://db.example", "http://db.example", "db.example:7687"]
)
def test_wrong_scheme_is_refused_with_the_right_ones(uri: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        given(uri, "reader", SECRET, "neo4j")
    assert "bolt://" in str(refused.value)


@pytest.mark.parametrize(
    "uri", ["bolt://", "bolt://:7687", "bolt://db.example:port", "bolt://db.example:99999", "bolt://[::"]
)
def test_address_without_host_or_with_a_wrong_port_is_refused(uri: str) -> None:
    with pytest.raises(InvalidSettings, match="a scheme, a host and a port"):
        given(uri, "reader", SECRET, "neo4j")


def test_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidSettings) as refused:
        given("bolt://reader:sesame@db.example:7687", "reader", SECRET, "neo4j")
    assert "sesame" not in str(refused.value)
