"""Checks whether a Bolt server answers, with the first twenty bytes of the protocol."""

from __future__ import annotations

import socket

MAGIC = b"\x60\x60\xb0\x17"
OFFERED = b"\x00\x08\x08\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"  # Bolt 5.0 to 5.8
HOST = "127.0.0.1"


def answers(port: int, *, host: str = HOST, seconds: float = 2.0) -> bool:
    """Return whether a Bolt server at this port accepts one of the offered versions."""
    try:
        with socket.create_connection((host, port), timeout=seconds) as connection:
            connection.sendall(MAGIC + OFFERED)
            chosen = connection.recv(4, socket.MSG_WAITALL)
    except OSError:
        return False
    return len(chosen) == 4 and chosen[3] == 5


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
