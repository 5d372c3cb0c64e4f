"""Metrics of several processes behind one socket: each hands out its own on a Unix socket, and all are added up.

A counter is the sum over the processes that run; what one counted that has ended is gone, as with a restart.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

SECONDS: Final = 1.0
"""How long a process may take to hand out its metrics; without them the sum is that of the others."""


@contextmanager
def handed_out(registry: CollectorRegistry, path: Path) -> Iterator[None]:
    """Hand out the metrics of a registry to whoever connects to the socket at ``path``."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(generate_latest(registry))

    path.unlink(missing_ok=True)
    with socketserver.ThreadingUnixStreamServer(str(path), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class WorkerMetrics(Collector):
    """Collects the sums of the metrics of all processes that hand them out below ``folder``."""

    folder: Path

    def collect(self) -> Iterable[Metric]:
        """Yield each metric with the sums of its samples."""
        return added_up(filter(None, map(_read, sorted(self.folder.glob("*.sock")))))


def summed_registry(folder: Path) -> CollectorRegistry:
    """Return a registry of the sums."""
    registry = CollectorRegistry()
    registry.register(WorkerMetrics(folder))
    return registry


def added_up(texts: Iterable[str]) -> list[Metric]:
    r"""Return the sums of metrics in the text format of Prometheus; of the times at which counters began, the earliest.

    >>> [metric] = added_up(["# TYPE plans gauge\nplans 2.0\n", "# TYPE plans gauge\nplans 3.0\n"])
    >>> metric.samples[0].value
    5.0
    """
    found: dict[str, Metric] = {}
    values: dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], float]] = {}
    for text in texts:
        for metric in text_string_to_metric_families(text):
            found.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
            sums = values.setdefault(metric.name, {})
            for sample in metric.samples:
                key = sample.name, tuple(sorted(sample.labels.items()))
                is_time = sample.name.endswith("_created")
                sums[key] = (
                    min(sums.get(key, sample.value), sample.value) if is_time else sums.get(key, 0.0) + sample.value
                )
    for name, sums in values.items():
        for (sample_name, labels), value in sums.items():
            found[name].add_sample(sample_name, dict(labels), value)
    return [*found.values()]


def _read(path: Path) -> str:
    """Return what a process hands out; nothing where it has ended or does not respond."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SECONDS)
        try:
            connection.connect(str(path))
            return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
        except OSError:
            return ""
