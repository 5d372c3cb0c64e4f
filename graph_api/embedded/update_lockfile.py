"""Rewrites ``jars.lock`` for another version of Neo4j: ``python -m graph_api.embedded.update_lockfile 2026.10.0``.

For maintainers. It trusts the Maven repository at that moment; review the lock file before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jgo.maven import Artifact, MavenContext

from graph_api.embedded.jars import LOCK, MAX_DOWNLOADS, Jar, maven_at, sha256_of


def updated_lockfile(version: str, download_folder: Path) -> str:
    """Return the text of a lock file: Neo4j of this version, then all that it needs to run."""
    maven = maven_at(download_folder)
    with ThreadPoolExecutor(MAX_DOWNLOADS) as pool:
        files = list(pool.map(Artifact.resolve, _resolved(maven, version)))
    jars = [Jar(file.relative_to(download_folder).as_posix(), file.stat().st_size, sha256_of(file)) for file in files]
    return "".join(f"{jar.sha256}  {jar.size}  {jar.path}\n" for jar in jars)


def _resolved(maven: MavenContext, version: str) -> list[Artifact]:
    dependency = maven.create_dependency(f"org.neo4j:neo4j:{version}")
    dependency.scope = "compile"
    asked, needed = maven.resolver.resolve([dependency])
    return [one.artifact for one in (*asked, *needed) if one.scope in ("compile", "runtime")]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        LOCK.write_text(updated_lockfile(sys.argv[1], Path(folder)), encoding="ascii")
