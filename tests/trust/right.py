"""Runs the suite of right servers, and counts what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from tests.right_servers.hardening import ENDINGS, HARDENED, SOMETIMES, WRONG
from tests.right_servers.servers import BASE, RightServer, frameworks, odd, references
from tests.right_servers.services import services
from tests.right_servers.site_servers import sites
from tests.right_servers.socket_servers import sockets
from tests.right_servers.web_servers import web_servers
from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

SUITE = "tests/right_servers/test_right_servers.py"
_ON_TRACKS = (
    "test_right_server_of_one_service",
    "test_right_server_of_a_site",
    "test_right_server_of_a_web_application",
    "test_right_server_below_http",
    "test_what_is_wrong_with_servers_in_use",
    "test_slow_clients_and_signals",
)


def measured(jobs: int) -> dict[str, Any]:
    """Every right server graded, `jobs` at a time: how many did as expected, and what is expected
    of the odd ones."""
    outcomes = _outcomes(jobs, "test_right_server")
    servers = {server.name: server for server in (*references(), *frameworks(), *odd())}
    passed = [servers[name] for name, (outcome, _) in outcomes.items() if outcome == "passed"]
    return {
        **_counted(outcomes),
        "stages_passed": sum(len(server.passes) for server in passed),
        "partial": {
            server.name: _partial(server)
            for server in passed
            if server.passes != BASE or server.advice
        },
    }


def measured_on_tracks(jobs: int) -> dict[str, Any]:
    """The servers in use that are graded on the tracks beside the base track."""
    outcomes = _outcomes(jobs, *_ON_TRACKS)
    return {
        **_counted(outcomes),
        "servers": [
            {"track": track, "server": name, "stages": stages, "fails": fails}
            for case, (track, name, stages, fails) in _of_other_tracks().items()
            if outcomes.get(case, ("skipped",))[0] == "passed"
        ],
    }


def _counted(outcomes: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    by_outcome = {
        wanted: {name: why for name, (outcome, why) in outcomes.items() if outcome == wanted}
        for wanted in ("passed", "failed", "skipped")
    }
    return {
        "graded": len(outcomes) - len(by_outcome["skipped"]),
        "as_expected": len(by_outcome["passed"]),
        "unexpected": sorted(by_outcome["failed"]),
        "skipped": by_outcome["skipped"],
    }


def _outcomes(jobs: int, *tests: str) -> dict[str, tuple[str, str]]:
    """What these tests of the suite came to, by their servers: "passed", "failed" or "skipped", and
    why."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "right_servers", f"-n{jobs}"]
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "results.xml")
        named = [f"{SUITE}::{test}" for test in tests]
        subprocess.run([*command, f"--junitxml={written}", *named], cwd=ROOT, check=False)
        cases = ElementTree.parse(written).getroot().iter("testcase")
        return {_server(case): _outcome(case) for case in cases if "[" in case.get("name", "")}


def _partial(server: RightServer) -> dict[str, Any]:
    return {
        "passes": len(server.passes),
        "stages": len(BASE),
        "fails": list(server.fails),
        "advice": list(server.advice),
    }


_Row = tuple[str, str, list[str], list[str]]  # track, server, the stages asked for, what fails


def _of_other_tracks() -> dict[str, _Row]:
    """What is expected of servers on the tracks beside the base track, by the ids of the tests."""
    expected: dict[str, _Row] = {}
    for prefix, track, servers in (
        ("", "static-site", sites()),
        ("", "web-app", web_servers()),
        ("", "sockets", sockets()),
        ("services-", "sockets", services()),
    ):
        for server in servers:
            stages = dict.fromkeys(
                (*server.passes, *(check.partition("/")[0] for check in server.fails))
            )
            fails = [*server.fails, *server.advice, *server.sometimes]
            expected[prefix + server.name] = (track, server.name, list(stages), fails)
    for name, wrong in WRONG.items():
        expected[f"{name}-hardening"] = ("hardening", name, list(HARDENED), list(wrong))
    for name, stages_of in ENDINGS.items():
        fails = [check for checks in stages_of.values() for check in checks]
        fails += SOMETIMES.get(name, ())
        expected[f"{name}-endings"] = ("hardening", name, list(stages_of), fails)
    return expected


def _server(case: ElementTree.Element) -> str:
    named = re.search(r"\[(.+)\]$", case.get("name", ""))
    return named[1] if named else ""


def _outcome(case: ElementTree.Element) -> tuple[str, str]:
    """passed, skipped or failed, and the reason."""
    skipped = case.find("skipped")
    if skipped is not None:
        return "skipped", skipped.get("message", "")
    return (
        ("passed", "")
        if case.find("failure") is None and case.find("error") is None
        else ("failed", "")
    )
