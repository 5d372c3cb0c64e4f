"""The health check of the image: ask ``/readyz`` of this container, print what it says, exit 0 when questions can be answered."""

from __future__ import annotations

import http.client
import os
import sys


def ready(port: int) -> tuple[bool, str]:
    """Return whether the API is ready, and what it said. A proxy of the environment is not asked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        return response.status == http.client.OK, response.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return False, f"nobody answers on port {port}: {error}"
    finally:
        connection.close()


if __name__ == "__main__":
    good, said = ready(int(os.environ.get("DETENTION_GRAPH_PORT", "8000")))
    sys.stdout.write(f"{said}\n")
    sys.exit(0 if good else 1)
