"""Bolt messages as bytes, packed by the codec that comes with the driver (its fast form, ``neo4j-rust-ext``).

Message tags and chunks are those of the Bolt protocol 5 (neo4j.com/docs/bolt/current: message, packstream). The codec is not a public part of
the driver; where it is not there, or another one, ``HAS_CODEC`` is false and reads go through the driver.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

try:
    from neo4j._rust.codec.packstream.v1 import pack as _pack
    from neo4j._rust.codec.packstream.v1 import unpack as _unpack
except ImportError:  # the driver without its fast form, or of another version
    _pack = _unpack = None

HAS_CODEC: Final = _pack is not None

HELLO, LOGON, BEGIN, RUN, PULL, COMMIT, RESET = b"\x01", b"\x6a", b"\x11", b"\x10", b"\x3f", b"\x12", b"\x0f"
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
_CHUNK: Final = 0xFFFF


def packed(value: Any) -> bytes:
    """Return a value in PackStream. Raises ValueError for texts and numbers that it cannot hold."""
    try:
        return bytes(_pack(value, None))
    except (OverflowError, UnicodeError, ValueError) as error:
        raise ValueError(str(error)) from None


@lru_cache(maxsize=2000)
def packed_text(text: str) -> bytes:
    """Return a text in PackStream; statements are few and long."""
    return packed(text)


def message(tag: bytes, *fields: bytes) -> bytes:
    """Return a message of packed fields, in chunks."""
    body = bytes([0xB0 + len(fields)]) + tag + b"".join(fields)
    if len(body) <= _CHUNK:
        return len(body).to_bytes(2, "big") + body + b"\0\0"
    chunks = (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
    return b"".join(len(one).to_bytes(2, "big") + one for one in chunks) + b"\0\0"


class Messages:
    """Bytes as they arrive, to whole messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._message = bytearray()

    def feed(self, data: bytes) -> Iterator[bytearray]:
        """Take in bytes and yield each message that is whole; empty chunks between messages only say that the server lives."""
        buffer = self._buffer
        buffer += data
        at, end = 0, len(buffer)
        while end - at >= 2:
            size = buffer[at] << 8 | buffer[at + 1]
            if size == 0:
                at += 2
                if self._message:
                    whole, self._message = self._message, bytearray()
                    yield whole
                continue
            if end - at < 2 + size:
                break
            self._message += buffer[at + 2 : at + 2 + size]
            at += 2 + size
        del buffer[:at]


def first_field(message: bytearray) -> Any:
    """Return the first field of a message: what a summary says, or the values of a record."""
    return _unpack(message, 2, None)[0]
