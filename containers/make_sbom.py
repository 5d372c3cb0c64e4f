"""Write the bill of materials of the image: CycloneDX 1.6 as JSON, of what is installed, checked against the lock.

What is fetched and run beside the image (Neo4j, its jars, OpenJDK) is listed with the scope ``excluded``.
``python make_sbom.py LOCK SITE_PACKAGES`` writes to standard output; the same packages make the same bytes. A package that the
lock does not name, or names in another version, is an error: then the image is not what was locked.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

OURS = "detention-graph"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
JARS = Path("graph_api", "embedded", "jars.lock")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NotLocked(Exception):
    """What is installed is not what the lock names."""


def locked(text: str) -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 sums of each package and version of a lock; of each, one is the file that was installed."""
    sums: dict[tuple[str, str], list[str]] = {}
    here: list[str] = []
    for line in text.splitlines():
        if found := PINNED.match(line):
            here = sums.setdefault((normal(found[1]), found[2]), [])
        here += HASH.findall(line)
    return sums


def normal(name: str) -> str:
    """Return the name of a package as indexes spell it.

    >>> normal("PyYAML_x")
    'pyyaml-x'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def bill(lock: str, site_packages: Path) -> dict[str, Any]:
    """Return the bill of what is installed in a folder; raises ``NotLocked``."""
    sums = locked(lock)
    installed = {normal(one.name): one for one in distributions(path=[str(site_packages)])}
    ours = installed.pop(OURS, None)
    if ours is None:
        raise NotLocked(f"{OURS} itself is not installed in {site_packages}; right would be the folder of its packages")
    if strange := sorted(f"{name} {one.version}" for name, one in installed.items() if (name, one.version) not in sums):
        raise NotLocked(f"installed, and not in the lock: {', '.join(strange)}; right would be exactly what is locked")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OURS,
                "name": OURS,
                "version": ours.version,
                "licenses": [{"expression": "Apache-2.0 AND CC-BY-4.0"}],
            }
        },
        "components": [
            *(component(name, one, sums) for name, one in sorted(installed.items())),
            *beside(),
            *jars(site_packages / JARS),
        ],
    }


def beside() -> list[dict[str, Any]]:
    """Return the programs that are fetched and run as processes of their own; the image does not contain them."""
    neo4j, openjdk = "2026.09.0", "25.0.2"
    return [
        {
            "type": "application",
            "bom-ref": "neo4j-community",
            "name": "neo4j",
            "version": neo4j,
            "purl": f"pkg:docker/neo4j@{neo4j}-community",
            "scope": "excluded",
            "licenses": [{"expression": "GPL-3.0-only"}],
        },
        {
            "type": "platform",
            "bom-ref": "openjdk",
            "name": "openjdk",
            "version": openjdk,
            "purl": f"pkg:generic/openjdk@{openjdk}",
            "scope": "excluded",
            "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}],
        },
    ]


def jars(lock: Path) -> list[dict[str, Any]]:
    """Return the jars of a private Neo4j, each with its sum; none where the lock is not installed."""
    lines = lock.read_text(encoding="ascii").splitlines() if lock.is_file() else []
    return [jar(*line.split()) for line in sorted(lines, key=lambda line: line.split()[2])]


def jar(sha256: str, _size: str, path: str) -> dict[str, Any]:
    """Return one jar. The licence is that of the main jar; the others bring their own, some of Neo4j's are under Apache-2.0."""
    *group, artifact, version, file = path.split("/")
    classifier = file.removeprefix(f"{artifact}-{version}").removesuffix(".jar").removeprefix("-")
    url = f"pkg:maven/{'.'.join(group)}/{artifact}@{version}" + (f"?classifier={classifier}" if classifier else "")
    own = {"licenses": [{"expression": "GPL-3.0-only"}]} if (*group, artifact) == ("org", "neo4j", "neo4j") else {}
    return {
        "type": "library",
        "bom-ref": url,
        "group": ".".join(group),
        "name": artifact,
        "version": version,
        "purl": url,
        "scope": "excluded",
        "hashes": [{"alg": "SHA-256", "content": sha256}],
        **own,
    }


def component(name: str, one: Distribution, sums: Mapping[tuple[str, str], list[str]]) -> dict[str, Any]:
    """Return one package. The sums are properties, not ``hashes``: the lock names one for each file that would be right."""
    url = f"pkg:pypi/{name}@{one.version}"
    accepted = [{"name": f"{OURS}:lock:sha256", "value": value} for value in sorted(sums[name, one.version])]
    return {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": one.version,
        "purl": url,
        **licenses(one),
        "properties": accepted,
    }


def licenses(one: Distribution) -> dict[str, Any]:
    """Return what a package says about its license: an SPDX expression, or the names of the older classifiers, or nothing."""
    if "License-Expression" in one.metadata:
        return {"licenses": [{"expression": one.metadata["License-Expression"]}]}
    classified = [said for said in one.metadata.get_all("Classifier") or () if said.startswith("License :: ")]
    named = [{"license": {"name": said.rpartition(" :: ")[2]}} for said in sorted(classified)]
    return {"licenses": named} if named else {}


if __name__ == "__main__":
    lock_file, folder = map(Path, sys.argv[1:])
    try:
        made = bill(lock_file.read_text(encoding="utf-8"), folder)
    except NotLocked as error:
        sys.exit(f"make_sbom: {error}")
    sys.stdout.write(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
