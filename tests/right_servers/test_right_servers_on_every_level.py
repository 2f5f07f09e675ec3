"""How connections end is the same at every isolation level: who closes first, lingers or dies of a reset gets the same verdicts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.examined import missing
from tests.right_servers.servers import RightServer, frameworks, odd
from tests.right_servers.test_right_servers import check
from tests.unit.isolation.inside import LEVEL_NAMES
from tests.unit.tiny_servers import free_port

pytestmark = [pytest.mark.right_servers, pytest.mark.slow]

ENDING = (
    "odd-c_closes_first", "odd-closes_each", "odd-lingers_after_each", "odd-no_reuse_address", "odd-node_net_ends",
    "framework-node-closing",
)  # fmt: skip
SERVERS = [server for server in (*odd(), *frameworks()) if server.name in ENDING]


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that somebody without privileges gets to, and not below /tmp, which is open at some isolation levels."""
    made = Path(tempfile.mkdtemp("", "right-", "/var/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("level", LEVEL_NAMES)
@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_right_server(server: RightServer, level: str, place: Path) -> None:
    if reason := missing(level):
        pytest.skip(reason)
    port = free_port()  # the lower isolation levels share the machine's
    for path in server.directory.iterdir():
        if path.suffix and path.is_file():  # not what a compiler has left
            (place / path.name).write_text(path.read_text().replace("4221", str(port)))
            (place / path.name).chmod(0o755)
    check(replace(server, directory=place), place / "report.json", f"--sandbox={level}", f"--port={port}")


def test_each_is_there() -> None:
    assert {server.name for server in SERVERS} == set(ENDING)
