"""Digests with a key of the ids that a public graph did not get: whoever has the graph without the key learns nothing from them.

The key lies in the data directory, not in the database. With it a plan can say that somebody becomes visible who was left out before.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from graph_api.errors import DataDirectoryUnusable

NAME: Final = "left-out.key"
BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The file with the key, which is made when it is needed first."""

    folder: Path

    def digests(self, ids: Iterable[str], *, create: bool = False) -> dict[str, str]:
        """Return the digest of each id; none where there is no key and ``create`` is not given. Raises DataDirectoryUnusable."""
        key = self._key(create=create)
        return {one: hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in ids} if key else {}

    def derived(self, purpose: str, *, create: bool = False) -> bytes | None:
        """Return a key of its own for a purpose, made slowly once; None where there is no key and ``create`` is not given. Raises DataDirectoryUnusable."""
        key = self._key(create=create)
        return _derived(key, purpose) if key else None

    @property
    def path(self) -> Path:
        """Where the key lies."""
        return self.folder / NAME

    def _key(self, *, create: bool) -> bytes | None:
        path = self.path
        try:
            if create and not path.exists():
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                    stream.write(secrets.token_bytes(BYTES))
            return path.read_bytes() if path.exists() else None
        except OSError as error:
            raise DataDirectoryUnusable(f"Cannot use the key {path}: {error.strerror}.") from None


@lru_cache
def _derived(key: bytes, purpose: str) -> bytes:
    return hashlib.scrypt(key, salt=purpose.encode(), n=2**14, r=8, p=1, dklen=BYTES)
