"""A right server passes, however odd it is: the whole base track over the real command line, a hundred times.

The frameworks live in an interpreter of their own, named by RIGHT_SERVERS_PYTHON (default: the one that runs the
tests); it must not lie under /tmp, which is another one for a submission.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.right_servers.hardening import ENDINGS, HARDENED, SOMETIMES, WRONG
from tests.right_servers.servers import NODE, ROOT, RightServer, frameworks, odd, references
from tests.right_servers.services import SERVICES, services
from tests.right_servers.site_servers import sites
from tests.right_servers.socket_servers import sockets
from tests.right_servers.web_servers import web_servers

pytestmark = [
    pytest.mark.right_servers,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="in parallel only where each run has a network of its own"),
]

PYTHON = os.environ.get("RIGHT_SERVERS_PYTHON", sys.executable)
PROGRAMS = ("node", "go", "gcc", "nginx", "socat", "ncat")  # what else a server may need are Python modules
SEED = 7
PATIENCE_S = 600.0  # until a test gives up; nothing is judged by it
Json = dict[str, Any]


@pytest.mark.parametrize(
    "server", [pytest.param(server, id=server.name) for server in (*references(), *frameworks(), *odd())]
)
def test_right_server(server: RightServer, tmp_path: Path) -> None:
    check(server, tmp_path / "report.json")


@pytest.mark.parametrize("server", [pytest.param(server, id=server.name) for server in sockets()])
def test_right_server_of_one_service(server: RightServer, tmp_path: Path) -> None:
    check(server, tmp_path / "report.json", f"--stage={','.join(server.passes)}")


@pytest.mark.parametrize("server", [pytest.param(server, id=server.name) for server in sites()])
def test_right_server_of_a_site(server: RightServer, tmp_path: Path) -> None:
    check(server, tmp_path / "report.json", "--track=static-site")


@pytest.mark.parametrize("server", [pytest.param(server, id=server.name) for server in web_servers()])
def test_right_server_of_a_web_application(server: RightServer, tmp_path: Path) -> None:
    asked = dict.fromkeys((*server.passes, *(check.partition("/")[0] for check in server.fails)))
    check(server, tmp_path / "report.json", f"--stage={','.join(asked)}")


@pytest.mark.parametrize("server", [pytest.param(server, id=f"services-{server.name}") for server in services()])
def test_right_server_below_http(server: RightServer, tmp_path: Path) -> None:
    asked = {*server.passes, *(check.partition("/")[0] for check in server.fails)}
    stages = [stage for stage in SERVICES if stage in asked]
    check(server, tmp_path / "report.json", f"--stage={','.join(stages)}")


def check(server: RightServer, report: Path, *options: str) -> None:
    """Grade it, and compare with what is expected of it; skip where something that it needs is not here."""
    _skip_where_it_cannot_run(server)
    stages = _graded(server, report, *options)
    failed = _failed(stages, server.sometimes)
    checks = [check for stage in stages for check in stage["checks"]]
    required = {check["id"] for check in checks if check["level"] == "required"}
    assert {name: why for name, why in failed.items() if name in required} == _named(failed, server.fails)
    assert {name: why for name, why in failed.items() if name not in required} == _named(failed, server.advice)
    raced = {check.partition("/")[0] for check in server.sometimes}
    assert tuple(
        stage["slug"]
        for stage in stages
        if stage["verdict"] == "passed" or (stage["slug"] in raced and not failed.keys() & required)
    ) == server.passes


@pytest.mark.parametrize("server", [pytest.param(server, id=f"{server.name}-hardening") for server in frameworks()])
def test_what_is_wrong_with_servers_in_use(server: RightServer, tmp_path: Path) -> None:
    """Each of these checks has an RFC behind it, and no application could make up for what the server does."""
    _skip_where_it_cannot_run(server)
    failed = _failed(_graded(server, tmp_path / "report.json", f"--stage={','.join(HARDENED)}"))
    assert failed == _named(failed, WRONG[server.name])


@pytest.mark.parametrize(
    "server", [pytest.param(server, id=f"{server.name}-endings") for server in frameworks() if server.name in ENDINGS]
)
def test_slow_clients_and_signals(server: RightServer, tmp_path: Path) -> None:
    """What they leave to a proxy is not asked of them; each is asked to stop."""
    _skip_where_it_cannot_run(server)
    expected = ENDINGS[server.name]
    stages = _graded(server, tmp_path / "report.json", f"--stage={','.join(expected)}")
    failed = _failed(stages, SOMETIMES.get(server.name, ()))
    assert failed == _named(failed, tuple(name for names in expected.values() for name in names))


def _skip_where_it_cannot_run(server: RightServer) -> None:
    for needed in server.needs:
        if reason := _missing(needed, server.directory):
            pytest.skip(reason)
    if "ipv6" in server.name and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    if server.build:
        subprocess.run(server.build, cwd=server.directory, timeout=PATIENCE_S, check=True)


def _failed(stages: list[Json], sometimes: tuple[str, ...] = ()) -> dict[str, str]:
    """The checks that failed, by their ids, and in which words, but for those that `sometimes` do."""
    checks = [check for stage in stages for check in stage["checks"]]
    assert {check["id"]: check["reason"] for check in checks if check["verdict"] == "errored"} == {}
    return {
        check["id"]: check["failure"]["summary"] for check in checks if check["failure"] and check["id"] not in sometimes
    }


def _named(failed: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """What is expected to have failed, with the words that it failed with, so that a difference shows them."""
    return {name: failed.get(name, "this check should have failed, and passed") for name in names}


def _graded(server: RightServer, report: Path, *options: str) -> list[Json]:
    """The stages of its report."""
    command = [PYTHON if word == "PYTHON" else word for word in server.command]
    ended = subprocess.run(
        [sys.executable, "-m", "grader", "--all", "--seed", str(SEED), "--report", f"json:{report}", *options,
         "--", *command],
        cwd=server.directory,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )  # fmt: skip
    stages: list[Json] = json.loads(report.read_text())["stages"]
    fails = any(stage["verdict"] == "failed" for stage in stages)
    assert ended.returncode == (1 if fails else 0), ended.stdout + ended.stderr
    return stages


@functools.cache
def _missing(needed: str, directory: Path) -> str:
    """Why a module or a program cannot be had there; the empty string when it is there."""
    if needed.startswith(NODE):
        module = needed.removeprefix(NODE)
        ended = subprocess.run(
            ["node", "-e", f"require('{module}')"], cwd=directory, capture_output=True, timeout=60, check=False
        )
        where = directory.relative_to(ROOT)
        return f"node finds no {module} from {where}: npm install {module}" if ended.returncode else ""
    if needed in PROGRAMS:
        return "" if shutil.which(needed) else f"there is no {needed} on PATH"
    ended = subprocess.run([PYTHON, "-c", f"import {needed}"], capture_output=True, timeout=60, check=False)
    if ended.returncode:
        return f"{PYTHON} has no {needed}: install the extra right-servers, or set RIGHT_SERVERS_PYTHON"
    return ""


@functools.cache
def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False
