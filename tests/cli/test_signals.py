"""A signal always stops the server, at whatever moment it arrives."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import gc, signal, socket, sys
import uvicorn
from graph_api.cli import serve, signals
from graph_api.settings import Settings

class PublicGraph:
    def read(self, statement, seconds):
        return [["public", 0, None, None]]

class Finalized:
    def __del__(self):
        signal.raise_signal(int(sys.argv[1]))  # the handler runs within this finalizer, where exceptions are lost

async def application(scope, receive, send):
    raise AssertionError("no request is made")

for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signals.exit_on_signal)
serve.server_config = lambda store, settings: uvicorn.Config(application, log_config=None, lifespan="off")
gc.collect = Finalized
with socket.create_server(("127.0.0.1", 0)) as listening:
    serve._serve(PublicGraph(), Settings(), listening)
assert signal.getsignal(signal.SIGINT) is signals.exit_on_signal
"""


@pytest.mark.parametrize("number", [2, 15])
def test_a_signal_during_the_last_garbage_collection_before_serving_is_not_lost(number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(number)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
