"""The jars of Neo4j: fetched by their Maven coordinates, used only when they are byte for byte those of ``jars.lock``.

Each line of the lock holds a SHA-256 sum, a size and the path of the jar in any Maven repository. Where they come from
is the business of ``jgo``, whose own settings may name a mirror.
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
AT_ONCE = 8
NEEDED_BESIDES = 64 * MIB
PAUSE = 1.0
ELSEWHERE = "set another cache folder (DETENTION_GRAPH_CACHE)"

Progress = Callable[[str], None]
Marks = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar as the lock names it; ``path`` is relative to a Maven repository."""

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
    """Return the jars of the committed lock, in the order of the class path."""
    lines = (LOCK.read_text(encoding="ascii") if text is None else text).splitlines()
    return tuple(Jar(path, int(size), sha256) for sha256, size, path in (line.split() for line in lines))


def ready(cache: Path, progress: Progress) -> tuple[Path, ...]:
    """Return the class path, after every jar on it was fetched and checked.

    A jar that was checked before, and whose size and times of change are what they were, is not read again.
    """
    jars = locked()
    folder = cache / "jars"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if _read_marks(folder) != _marks(folder, jars):
            with _alone(cache, progress):
                _fetch(cache, folder, [jar for jar in jars if not _fits(folder / jar.path, jar)], progress)
                _write_marks(folder, jars)
    except (OSError, RuntimeError) as error:
        raise _explained(error, cache) from error
    return tuple(folder / jar.path for jar in jars)


def doubt(cache: Path) -> None:
    """Have every byte checked again at the next start, for when this one failed."""
    with suppress(OSError):
        (cache / "jars" / CHECKED).unlink(missing_ok=True)


def _explained(error: OSError | RuntimeError, cache: Path) -> EmbeddedDatabaseError:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        needed = sum(jar.size for jar in locked()) // MIB
        return DataDirectoryUnusable(
            f"no space for the jars of Neo4j in {cache}: {error}. They need {needed} MB; make room, or {ELSEWHERE}"
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return DataDirectoryUnusable(
            f"the cache folder {cache} cannot be written: {error}. Let its owner write there, or {ELSEWHERE}"
        )
    return EmbeddedDatabaseError(
        f"the jars of Neo4j {VERSION} could not be fetched: {error}. The first start needs the network (171 MB, once). "
        "Behind a proxy set HTTPS_PROXY; a mirror can be named in the settings of jgo; "
        "or give the address of a running Neo4j (DETENTION_GRAPH_NEO4J_URI)"
    )


def _fits(file: Path, jar: Jar) -> bool:
    return file.is_file() and file.stat().st_size == jar.size and sha256_of(file) == jar.sha256


def sha256_of(file: Path) -> str:
    """Return the SHA-256 sum of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _marks(folder: Path, jars: Sequence[Jar]) -> Marks | None:
    """Return size and times of change of each jar by its sum, or nothing when one is missing."""
    try:
        stats = {jar.sha256: (folder / jar.path).stat() for jar in jars}
    except FileNotFoundError:
        return None
    return {sha256: [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns] for sha256, stat in stats.items()}


def _read_marks(folder: Path) -> Marks:
    try:
        marks: Marks = json.loads((folder / CHECKED).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return {}
    return marks


def _write_marks(folder: Path, jars: Sequence[Jar]) -> None:
    fresh = folder / f"{CHECKED}.new"
    fresh.write_text(json.dumps(_marks(folder, jars)), encoding="ascii")
    fresh.replace(folder / CHECKED)


@contextmanager
def _alone(cache: Path, progress: Progress) -> Iterator[None]:
    """Two processes with one cache: the second waits, and finds everything there."""
    with (cache / "jars.busy").open("w") as busy:
        try:
            fcntl.flock(busy, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another process that fetches Neo4j")
            fcntl.flock(busy, fcntl.LOCK_EX)
        yield


def _fetch(cache: Path, folder: Path, jars: Sequence[Jar], progress: Progress) -> None:
    if not jars:
        return
    for left in cache.glob("fetch-*"):  # of a process that was killed while it fetched; nobody else is here
        shutil.rmtree(left, ignore_errors=True)
    total = sum(jar.size for jar in jars)
    if shutil.disk_usage(cache).free < total + NEEDED_BESIDES:
        raise OSError(errno.ENOSPC, "too little space before the start")
    with (
        tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as landing,
        ThreadPoolExecutor(AT_ONCE, thread_name_prefix="jars") as pool,
    ):
        maven = maven_at(Path(landing))
        coming = [pool.submit(_fetch_one, maven, jar, folder / jar.path) for jar in jars]
        try:
            here, told = 0, 0.0
            for count, done in enumerate(as_completed(coming), start=1):
                here += done.result().size
                if time.monotonic() - told > 1.0 or count == len(jars):
                    told = time.monotonic()
                    progress(
                        f"fetching Neo4j {VERSION}: {count} of {len(jars)} jars, {here // MIB} of {total // MIB} MB"
                    )
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def maven_at(landing: Path) -> MavenContext:
    """Return access to Maven that lands in this folder; the mirrors in the settings of jgo are asked first.

    A mirror that is called ``central`` there stands in for the central repository.
    """
    from jgo.config import GlobalSettings  # noqa: PLC0415 - of the extra "private"
    from jgo.maven import MavenContext  # noqa: PLC0415 - of the extra "private"

    maven = MavenContext(repo_cache=landing, timeout=15)
    mirrors = GlobalSettings.load().repositories
    maven.remote_repos = mirrors | {name: url for name, url in maven.remote_repos.items() if name not in mirrors}
    return maven


def _fetch_one(maven: MavenContext, jar: Jar, goal: Path) -> Jar:
    """Fetch one jar into the landing folder, and move it to its place only when it is the right one."""
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
            time.sleep(PAUSE)
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
