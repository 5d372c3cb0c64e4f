"""Bolt messages as bytes, with the codec of ``neo4j-rust-ext``, the compiled extension of the driver.

Message tags and chunks are those of the Bolt protocol 5 (neo4j.com/docs/bolt/current: message, packstream). The codec is not a public part of
the driver; where it is missing, ``HAS_CODEC`` is false and reads go through the driver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from graph_api.database.errors import is_codec_panic

try:
    from neo4j._rust.codec.packstream.v1 import pack as _pack
    from neo4j._rust.codec.packstream.v1 import unpack as _unpack
except ImportError:  # the driver without its extension, or another version of it
    _pack = _unpack = None

HAS_CODEC: Final = _pack is not None

HELLO, LOGON, BEGIN, COMMIT, RESET = b"\x01", b"\x6a", b"\x11", b"\x12", b"\x0f"
RUN, PULL, DISCARD = b"\x10", b"\x3f", b"\x2f"
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
_CHUNK: Final = 0xFFFF
_LIST_32, _MAP_32 = 0xD6, 0xDA


class MalformedMessage(Exception):
    """Bytes that are no message of the expected form."""


def packed(value: Any) -> bytes:
    """Return a value in PackStream. Raises ValueError for texts and numbers that it cannot hold."""
    try:
        return bytes(_pack(value, None))
    except (OverflowError, UnicodeError, ValueError) as error:
        raise ValueError(str(error)) from None


def message(tag: bytes, *fields: bytes) -> bytes:
    """Return a message of fields that are packed already, in chunks."""
    body = bytes([0xB0 + len(fields)]) + tag + b"".join(fields)
    if len(body) <= _CHUNK:
        return len(body).to_bytes(2, "big") + body + b"\0\0"
    chunks = (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
    return b"".join(len(one).to_bytes(2, "big") + one for one in chunks) + b"\0\0"


class Messages:
    """Splits the received bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._message = bytearray()

    def feed(self, data: bytes) -> Iterator[bytearray]:
        """Add received bytes and yield each complete message; empty chunks between messages are keep-alives."""
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


def is_summary_without_fields(message: bytearray) -> bool:
    """Return whether a message is a structure of no fields, as IGNORED is."""
    return len(message) == 2 and message[0] == 0xB0


def only_field(message: bytearray) -> Any:
    """Return the one field of a message: the metadata of a summary, or the values of a record.

    Raises MalformedMessage unless the message is a structure of one field that ends where the message ends.
    """
    if message[0] != 0xB1 or not _has_sound_sizes(message):
        raise MalformedMessage
    try:
        value, end = _unpack(message, 2, None)
    except (ValueError, IndexError, OverflowError, MemoryError, RecursionError) as error:
        raise MalformedMessage from error
    except BaseException as error:
        if is_codec_panic(error):
            raise MalformedMessage from error
        raise
    if end != len(message):
        raise MalformedMessage
    return value


def _has_sound_sizes(message: bytearray) -> bool:
    """Return False where a list or map announces more items than the message has bytes.

    The codec allocates what a 32-bit size announces, and a damaged size would end the process. The two markers are rare in
    other values, so the message is walked only where one of them occurs at all.
    """
    if message.find(_LIST_32) < 0 and message.find(_MAP_32) < 0:
        return True
    try:
        return _end_of_value(message, 2) == len(message)
    except (IndexError, RecursionError):
        return False


_FIXED_SIZES: Final = {0xC0: 0, 0xC1: 8, 0xC2: 0, 0xC3: 0, 0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}
_SIZE_BYTES: Final = {
    0xCC: 1,
    0xCD: 2,
    0xCE: 4,  # bytes
    0xD0: 1,
    0xD1: 2,
    0xD2: 4,  # strings
    0xD4: 1,
    0xD5: 2,
    0xD6: 4,  # lists
    0xD8: 1,
    0xD9: 2,
    0xDA: 4,  # maps
}


def _end_of_value(message: bytearray, at: int) -> int:
    """Return where the value that begins at ``at`` ends. Raises IndexError where it does not end within the message."""
    marker = message[at]
    at += 1
    high, low = marker & 0xF0, marker & 0x0F
    if marker < 0x80 or high == 0xF0:  # a small integer
        return at
    if marker in _FIXED_SIZES:
        return at + _FIXED_SIZES[marker]
    if marker in _SIZE_BYTES:
        width = _SIZE_BYTES[marker]
        size, at, high = int.from_bytes(message[at : at + width], "big"), at + width, marker & 0xFC
    elif high in (0x80, 0x90, 0xA0, 0xB0):
        size = low
        at += high == 0xB0  # the tag of a structure
    else:
        raise IndexError
    if high in (0x80, 0xCC, 0xD0):
        at += size
    else:
        if size > len(message) - at:
            raise IndexError
        for _ in range(size * (2 if high in (0xA0, 0xD8) else 1)):
            at = _end_of_value(message, at)
    if at > len(message):
        raise IndexError
    return at
