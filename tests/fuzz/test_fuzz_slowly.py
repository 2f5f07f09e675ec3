"""What takes longer: a minute on right servers, and ten seconds on every odd one, find nothing."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.fuzz.searches import ROOT, search
from tests.right_servers.servers import RightServer, odd

pytestmark = pytest.mark.slow

PYTHON = f"--python={sys.executable}"
ODD = [server for server in odd() if "ipv6" not in server.name]


@pytest.mark.parametrize("script", ["right_server.py", "select_server.py"])
@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_a_minute_on_a_right_server(script: str, options: tuple[str, ...]) -> None:
    found = search(script, PYTHON, "--seconds", "60", *options)
    assert found.code == 0, found.out + found.err


@pytest.mark.parametrize("server", ["streams", "protocol", "threaded"])
def test_a_minute_on_the_reference(server: str) -> None:
    command = [sys.executable, "-m", "reference", "--server", server]
    found = search("--seconds", "60", where=ROOT, command=command)
    assert found.code == 0, found.out + found.err


@pytest.mark.parametrize("server", ODD, ids=lambda server: server.name)
def test_odd_right_servers(server: RightServer) -> None:
    if missing := [program for program in server.needs if not shutil.which(program)]:
        pytest.skip(f"there is no {missing[0]} on PATH")
    found = search(
        "--seconds",
        "10",
        "--up-to",
        server.passes[-1],
        where=server.directory,
        command=server.command,
    )
    assert found.code == 0, found.out + found.err
