"""The right servers of the web-app track, serving a folder of pages to clients that we did not
write."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
SUBMISSION: Final = "web_server.py"
SERVERS: Final = ("streams", "protocol", "threaded", SUBMISSION)
"""The reference in its forms, and the right one among the submissions."""


@contextmanager
def serving(name: str, site: Path, port: int) -> Iterator[None]:
    """One of SERVERS, listening; the submission has the port of the course in its text."""
    command = [sys.executable, "-m", "reference", "--server", name, "--port", str(port)]
    if name == SUBMISSION:
        start = (
            "import socket, web_server\n"
            "class Server(web_server.WebServer):\n"
            "    def listen(self):\n"
            f"        return socket.create_server(('localhost', {port}))\n"
            "Server.main()\n"
        )
        command = [sys.executable, "-c", start]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests/submissions'}"}
    with subprocess.Popen([*command, "--static", str(site)], env=environment) as process:
        try:
            subprocess.run(
                ["curl", "-s", "--retry", "50", "--retry-connrefused", "--retry-delay", "0",
                 "-o", os.devnull, f"http://localhost:{port}/time"],
                check=True,
            )  # fmt: skip
            yield
        finally:
            process.kill()
