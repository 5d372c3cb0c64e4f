"""Errors form one tree that is drawn, and every error of the driver has its place in it."""

from __future__ import annotations

import errno
import importlib
import inspect
import re
import socket
import ssl
from collections.abc import Iterator

import neo4j.exceptions
import pytest
from neo4j.exceptions import DriverError, GqlError, Neo4jError

from graph_api import errors
from graph_api.database.errors import BY_CODE, BY_TYPE, from_code, from_driver_error, translate_errors
from graph_api.errors import (
    AuthenticationFailed,
    DatabaseBusy,
    DatabaseError,
    DatabaseUnavailable,
    GraphApiError,
    QueryTimeout,
)
from tests.architecture.source import modules

STATEMENT = "MATCH (n:Person {name: 'Iryna'}) RETURN n"

DRIVERS = [
    one
    for _, one in sorted(vars(neo4j.exceptions).items())
    if inspect.isclass(one) and issubclass(one, Exception) and one.__module__ == "neo4j.exceptions"
]

CODES = [
    ("Neo.ClientError.Transaction.TransactionTimedOut", QueryTimeout),
    ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", QueryTimeout),
    ("Neo.TransientError.Transaction.Terminated", QueryTimeout),
    ("Neo.ClientError.Security.Unauthorized", AuthenticationFailed),
    ("Neo.ClientError.Security.CredentialsExpired", AuthenticationFailed),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", DatabaseBusy),
    ("Neo.TransientError.Transaction.DeadlockDetected", DatabaseBusy),
    ("Neo.TransientError.Transaction.LockAcquisitionTimeout", DatabaseBusy),
    ("Neo.ClientError.Statement.SyntaxError", DatabaseError),
    ("Neo.ClientError.Schema.ConstraintValidationFailed", DatabaseError),
    ("Neo.DatabaseError.General.UnknownError", DatabaseError),
]


@pytest.mark.parametrize("theirs", DRIVERS, ids=lambda one: str(one.__name__))
def test_every_error_of_the_driver_becomes_one_of_ours_and_names_no_statement(theirs: type[Exception]) -> None:
    ours = from_driver_error(theirs(STATEMENT))
    assert isinstance(ours, DatabaseError)
    assert "MATCH" not in str(ours)
    assert "Iryna" not in str(ours)
    assert theirs is GqlError or issubclass(theirs, Neo4jError | DriverError), "the store lets it through"


@pytest.mark.parametrize(("code", "ours"), CODES)
def test_the_code_of_the_server_decides_which(code: str, ours: type[DatabaseError]) -> None:
    for error in (from_code(code), from_driver_error(Neo4jError._hydrate_neo4j(code=code, message=STATEMENT))):
        assert type(error) is ours
        assert "Iryna" not in str(error)


def test_a_load_that_is_too_large_for_a_transaction_is_told_what_would_be_right() -> None:
    assert "Load fewer files at a time" in str(from_code("Neo.TransientError.General.MemoryPoolOutOfMemoryError"))
    assert "Load fewer files at a time" not in str(from_code("Neo.TransientError.Transaction.DeadlockDetected"))


def test_no_connection_is_said_to_be_one() -> None:
    assert (
        type(from_driver_error(neo4j.exceptions.ServiceUnavailable("Couldn't connect to 127.0.0.1")))
        is DatabaseUnavailable
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ConnectionRefusedError(errno.ECONNREFUSED, ""),
            "Cannot connect to the database at bolt://h:1: connection refused",
        ),
        (TimeoutError(), "Cannot connect to the database at bolt://h:1: timed out"),
        (socket.gaierror(-2, ""), "Cannot connect to the database at bolt://h:1: the host name cannot be resolved"),
        (ssl.SSLError(), "Cannot connect to the database at bolt://h:1: the TLS handshake failed"),
    ],
)
def test_a_connection_error_names_the_address_and_the_reason(error: OSError, message: str) -> None:
    with pytest.raises(DatabaseUnavailable) as raised, translate_errors("bolt://h:1"):
        raise error
    assert str(raised.value) == message


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "x"), OSError(errno.ENOSPC, "x"), PermissionError()])
def test_other_errors_of_the_operating_system_are_left_as_they_are(error: OSError) -> None:
    with pytest.raises(type(error)) as raised, translate_errors():
        raise error
    assert raised.value is error


def test_the_table_names_the_special_before_the_general() -> None:
    hidden = [
        theirs.__name__
        for place, (theirs, _, _) in enumerate(BY_TYPE)
        if any(issubclass(theirs, before) for before, _, _ in BY_TYPE[:place])
    ]
    assert hidden == []
    assert not [
        code for at, (code, _, _) in enumerate(BY_CODE) if code.startswith(tuple(one for one, _, _ in BY_CODE[:at]))
    ]


def test_the_tree_that_is_drawn_is_that_of_the_classes() -> None:
    for module in modules():
        if "watch" not in module.path and "__main__" not in module.path:
            importlib.import_module(module.name)
    assert dict(drawn()) == {one.__name__: one.__bases__[0].__name__ for one in below(GraphApiError)}


def test_every_error_has_words_a_code_and_an_exit_code() -> None:
    every: list[type[GraphApiError]] = [GraphApiError, *below(GraphApiError)]
    for one in every:
        assert inspect.getdoc(one)
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", one.code), one
        assert 64 <= one.exit_code <= 78, f"{one.__name__}: sysexits.h has 64 to 78"


def below(error: type[GraphApiError]) -> Iterator[type[GraphApiError]]:
    for one in error.__subclasses__():
        yield one
        yield from below(one)


def drawn() -> Iterator[tuple[str, str]]:
    """Yield each class of the tree in the docstring with the one that it hangs below."""
    lines = re.findall(r"^    ([│ ]*(?:[├└]── )?)([A-Z]\w+)(?:  .*)?$", errors.__doc__ or "", re.MULTILINE)
    above = [lines[0][1]]
    for branch, name in lines[1:]:
        depth = len(branch) // 4
        above[depth:] = [name]
        yield name, above[depth - 1]
