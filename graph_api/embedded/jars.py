"""The jars of Neo4j: downloaded by their Maven coordinates and verified against ``jars.lock``.

Each line of the lock file holds a SHA-256 sum, a size and the path of the jar in a Maven repository. ``jgo`` downloads them;
its settings may name a mirror.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph_api.embedded.layout import MIB
from graph_api.errors import DataDirectoryUnusable, EmbeddedDatabaseError

if TYPE_CHECKING:
    from jgo.maven import MavenContext

VERSION = "2026.09.0"
LOCK = Path(__file__).with_name("jars.lock")
CHECKED = "checked.json"
MAX_DOWNLOADS = 8
EXTRA_DISK = 64 * MIB
RETRY_DELAY = 1.0
OTHER_CACHE = "set another cache folder (DETENTION_GRAPH_CACHE)"

Progress = Callable[[str], None]
Fingerprints = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar of the lock file; ``path`` is relative to a Maven repository."""

    path: str
    size: int
    sha256: str

    @property
    def coordinate(self) -> tuple[str, str, str, str]:
        """Group, artifact, version and classifier.

        >>> Jar("io/netty/netty-x/4.2/netty-x-4.2-linux-x86_64.jar", 0, "").coordinate
        ('io.netty', 'netty-x', '4.2', 'linux-x86_64')
        """
        *group, artifact, version, file = self.path.split("/")
        classifier = file.removeprefix(f"{artifact}-{version}").removesuffix(".jar").removeprefix("-")
        return ".".join(group), artifact, version, classifier


def locked(text: str | None = None) -> tuple[Jar, ...]:
    """Return the jars of the lock file, in the order of the class path."""
    lines = (LOCK.read_text(encoding="ascii") if text is None else text).splitlines()
    return tuple(Jar(path, int(size), sha256) for sha256, size, path in (line.split() for line in lines))


def ensure_downloaded(cache: Path, progress: Progress) -> tuple[Path, ...]:
    """Return the class path, after downloading and verifying every jar on it.

    A jar that was verified before is not read again while its size and times of change stay the same.
    """
    jars = locked()
    folder = cache / "jars"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if _read_fingerprints(folder) != _fingerprints(folder, jars):
            with _exclusive(cache, progress):
                _fetch(cache, folder, [jar for jar in jars if not _is_intact(folder / jar.path, jar)], progress)
                _write_fingerprints(folder, jars)
    except (OSError, RuntimeError) as error:
        raise _explained(error, cache) from error
    return tuple(folder / jar.path for jar in jars)


def invalidate(cache: Path) -> None:
    """Have every jar verified again at the next start; called after a start that failed."""
    with suppress(OSError):
        (cache / "jars" / CHECKED).unlink(missing_ok=True)


def _explained(error: OSError | RuntimeError, cache: Path) -> EmbeddedDatabaseError:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        needed = sum(jar.size for jar in locked()) // MIB
        return DataDirectoryUnusable(
            f"No space for the jars of Neo4j in {cache}: {error}. They need {needed} MB; free some space, or {OTHER_CACHE}"
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return DataDirectoryUnusable(
            f"Cannot write to the cache folder {cache}: {error}. Give its owner write access, or {OTHER_CACHE}"
        )
    return EmbeddedDatabaseError(
        f"Cannot download the jars of Neo4j {VERSION}: {error}. The first start needs the network (171 MB, once). "
        "Set HTTPS_PROXY behind a proxy, name a mirror in the settings of jgo, "
        "or set the address of a running Neo4j (DETENTION_GRAPH_NEO4J_URI)"
    )


def _is_intact(file: Path, jar: Jar) -> bool:
    return file.is_file() and file.stat().st_size == jar.size and sha256_of(file) == jar.sha256


def sha256_of(file: Path) -> str:
    """Return the SHA-256 sum of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fingerprints(folder: Path, jars: Sequence[Jar]) -> Fingerprints | None:
    """Return size and times of change of each jar by its SHA-256 sum, or None where one is missing."""
    try:
        stats = {jar.sha256: (folder / jar.path).stat() for jar in jars}
    except FileNotFoundError:
        return None
    return {sha256: [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns] for sha256, stat in stats.items()}


def _read_fingerprints(folder: Path) -> Fingerprints:
    try:
        fingerprints: Fingerprints = json.loads((folder / CHECKED).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return {}
    return fingerprints


def _write_fingerprints(folder: Path, jars: Sequence[Jar]) -> None:
    fresh = folder / f"{CHECKED}.new"
    fresh.write_text(json.dumps(_fingerprints(folder, jars)), encoding="ascii")
    fresh.replace(folder / CHECKED)


@contextmanager
def _exclusive(cache: Path, progress: Progress) -> Iterator[None]:
    """Lock the cache: a second process waits, and then finds the jars in place."""
    with (cache / "jars.busy").open("w") as busy:
        try:
            fcntl.flock(busy, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another process that downloads Neo4j")
            fcntl.flock(busy, fcntl.LOCK_EX)
        yield


def _fetch(cache: Path, folder: Path, jars: Sequence[Jar], progress: Progress) -> None:
    if not jars:
        return
    for left in cache.glob(
        "fetch-*"
    ):  # left by a process that was killed; the cache is locked, so no other process uses it
        shutil.rmtree(left, ignore_errors=True)
    total = sum(jar.size for jar in jars)
    if shutil.disk_usage(cache).free < total + EXTRA_DISK:
        raise OSError(errno.ENOSPC, "too little space before the start")
    with (
        tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as download_folder,
        ThreadPoolExecutor(MAX_DOWNLOADS, thread_name_prefix="jars") as pool,
    ):
        maven = maven_at(Path(download_folder))
        coming = [pool.submit(_fetch_one, maven, jar, folder / jar.path) for jar in jars]
        try:
            here, told = 0, 0.0
            for count, done in enumerate(as_completed(coming), start=1):
                here += done.result().size
                if time.monotonic() - told > 1.0 or count == len(jars):
                    told = time.monotonic()
                    progress(
                        f"downloading Neo4j {VERSION}: {count} of {len(jars)} jars, {here // MIB} of {total // MIB} MB"
                    )
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def maven_at(download_folder: Path) -> MavenContext:
    """Return a Maven context that downloads to this folder; mirrors in the settings of jgo come first.

    A mirror with the name ``central`` replaces the central repository.
    """
    from jgo.config import GlobalSettings  # noqa: PLC0415 - of the extra "private"
    from jgo.maven import MavenContext  # noqa: PLC0415 - of the extra "private"

    maven = MavenContext(repo_cache=download_folder, timeout=15)
    mirrors = GlobalSettings.load().repositories
    maven.remote_repos = mirrors | {name: url for name, url in maven.remote_repos.items() if name not in mirrors}
    return maven


def _fetch_one(maven: MavenContext, jar: Jar, goal: Path) -> Jar:
    """Download one jar, and move it to its place only once its sum is verified."""
    group, artifact, version, classifier = jar.coordinate
    remote = maven.project(group, artifact).at_version(version).artifact(classifier, "jar")
    landed = maven.repo_cache / jar.path
    for last in (False, False, True):
        landed.unlink(missing_ok=True)
        try:
            remote.resolve()
        except (OSError, RuntimeError) as error:
            if last or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
                raise
            time.sleep(RETRY_DELAY)
            continue
        seen = sha256_of(landed)
        if seen == jar.sha256:
            goal.parent.mkdir(parents=True, exist_ok=True)
            landed.replace(goal)
            return jar
        if last:
            raise EmbeddedDatabaseError(
                f"Invalid download {jar.path}: expected the SHA-256 sum {jar.sha256}, found {seen}. The file was deleted. "
                "Something on the way changes files, or a mirror in the settings of jgo holds other ones."
            )
    raise AssertionError("the last try returns or raises")
