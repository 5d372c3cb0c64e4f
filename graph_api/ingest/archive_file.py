"""Archives as files: one ZIP file with claims, loads, withheld ids, and a manifest with the SHA-256 sum of each part.

``manifest.json`` names the format, the versions, the audience, the content hash and the counts; ``claims.jsonl`` has ``{"load": …,
"claim": …}`` on each line, ``loads.jsonl`` one load, ``collections.jsonl`` a collection, ``entries.jsonl`` an entry that a collection owns,
``withheld.json`` a list of digests, ``reasons.json`` the words why. A claim's id is a digest of its content, checked as well.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from graph_api.errors import InvalidArchive
from graph_api.ingest.archive import Archive
from graph_api.ingest.journal import claim_of

FORMAT: Final = 1
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip
"""What reading a damaged archive raises, encrypted parts and methods of compression that are not known included."""
PARTS: Final = ("claims.jsonl", "loads.jsonl", "withheld.json")
LATER: Final = ("collections.jsonl", "entries.jsonl", "reasons.json")
"""The parts that archives of earlier versions have not."""


def write_archive(archive: Archive, file: Path) -> str:
    """Write an archive that only its owner can read; return the SHA-256 sum of the file.

    Raises InvalidArchive where there is such a file already, or it cannot be written; nothing incomplete is left.
    """
    parts = {
        "claims.jsonl": _lines({"load": archive.load_of[one.id], "claim": one} for one in archive.claims),
        "loads.jsonl": _lines(archive.loads),
        "withheld.json": orjson.dumps(archive.withheld),
        "collections.jsonl": _lines(archive.collections),
        "entries.jsonl": _lines(archive.entries),
        "reasons.json": orjson.dumps(dict(archive.reasons)),
    }
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(handle, "w+b") as stream:
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
                    packed.writestr(
                        "manifest.json", orjson.dumps(_manifest(archive, parts), option=orjson.OPT_INDENT_2)
                    )
                    for name, content in parts.items():
                        packed.writestr(name, content)
                stream.flush()
                os.fsync(stream.fileno())
            os.link(fresh, file)  # unlike a rename, this never replaces a file
        finally:
            fresh.unlink(missing_ok=True)
    except FileExistsError:
        raise InvalidArchive(f"Cannot write {file}: there is a file already. Expected a new name.") from None
    except OSError as error:
        raise InvalidArchive(f"Cannot write {file}: {error.strerror}.") from None
    return archive_digest(file)


def read_archive(file: Path) -> Archive:
    """Read an archive and check every sum. Raises InvalidArchive where one does not match, or the format is not known."""
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = orjson.loads(packed.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise InvalidArchive(
                    f"Invalid format {manifest['format']} of {file}: expected {FORMAT}, of this version."
                )
            known = (*PARTS, *(name for name in LATER if name in manifest["sha256"]))
            parts = {name: packed.read(name) for name in known}
        for name, content in parts.items():
            if hashlib.sha256(content).hexdigest() != manifest["sha256"][name]:
                raise InvalidArchive(f"Damaged archive {file}: the SHA-256 sum of {name} is not that of its manifest.")
        return _archive(manifest, parts, file)
    except OSError as error:
        raise InvalidArchive(f"Cannot read the archive {file}: {error.strerror}.") from None
    except UNREADABLE:
        raise InvalidArchive(f"Invalid archive {file}: expected a complete file of `detention-graph backup`.") from None


def archive_digest(file: Path) -> str:
    """Return the SHA-256 sum of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _manifest(archive: Archive, parts: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": archive.version,
        "projection": archive.projection,
        "audience": archive.audience,
        "revision": archive.revision,
        "contentVersion": archive.content_version,
        "contentHash": archive.content_hash,
        "loading": archive.loading,
        "counts": {"claims": len(archive.claims), "loads": len(archive.loads), "withheld": len(archive.withheld)},
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }


def _archive(manifest: Mapping[str, Any], parts: Mapping[str, bytes], file: Path) -> Archive:
    rows = [orjson.loads(line) for line in parts["claims.jsonl"].splitlines()]
    found = [(claim_of(row["claim"]), row["claim"]["id"], str(row["load"])) for row in rows]
    if changed := [written for claim, written, _ in found if claim.id != written]:
        raise InvalidArchive(f"Damaged archive {file}: the content of {len(changed)} claims does not match their ids.")
    return Archive(
        audience=manifest["audience"],
        revision=int(manifest["revision"]),
        content_version=manifest["contentVersion"],
        claims=tuple(claim for claim, _, _ in found),
        load_of={claim.id: load for claim, _, load in found},
        loads=tuple(orjson.loads(line) for line in parts["loads.jsonl"].splitlines()),
        withheld=tuple(map(str, orjson.loads(parts["withheld.json"]))),
        content_hash=str(manifest["contentHash"]),
        collections=tuple(orjson.loads(line) for line in parts.get("collections.jsonl", b"").splitlines()),
        entries=tuple(orjson.loads(line) for line in parts.get("entries.jsonl", b"").splitlines()),
        reasons=dict(orjson.loads(parts.get("reasons.json", b"{}"))),
        projection=int(manifest["projection"]),
        version=str(manifest["version"]),
        loading=manifest.get("loading"),
    )


def _lines(rows: Iterable[Any]) -> bytes:
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
