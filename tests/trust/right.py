"""Runs the suite of right servers, and counts what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.right_servers.hardening import ENDINGS, HARDENED, WRONG
from tests.right_servers.servers import BASE, RightServer, frameworks, odd, references
from tests.right_servers.services import services
from tests.right_servers.site_servers import sites
from tests.right_servers.socket_servers import sockets
from tests.trust.figures import ROOT

SUITE = "tests/right_servers/test_right_servers.py"


def measured(jobs: int) -> dict[str, Any]:
    """Every right server graded, `jobs` at a time: how many did as expected, and what is expected
    of the odd ones."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "results.xml")
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-m",
                "right_servers",
                f"-n{jobs}",
                f"--junitxml={written}",
                SUITE,
            ],
            cwd=ROOT,
            check=False,
        )
        cases = ElementTree.parse(written).getroot().iter("testcase")
        outcomes = {_server(case): _outcome(case) for case in cases if "[" in case.get("name", "")}
    servers = {server.name: server for server in (*references(), *frameworks(), *odd())}
    # the base track
    whole = {name: outcome for name, outcome in outcomes.items() if name in servers}
    skipped = {name: why for name, (outcome, why) in whole.items() if outcome == "skipped"}
    passed = [servers[name] for name, (outcome, _) in whole.items() if outcome == "passed"]
    return {
        "graded": len(whole) - len(skipped),
        "as_expected": len(passed),
        "stages_passed": sum(len(server.passes) for server in passed),
        "unexpected": sorted(
            name for name, (outcome, _) in outcomes.items() if outcome == "failed"
        ),
        "skipped": skipped,
        "partial": {
            server.name: _partial(server)
            for server in passed
            if server.passes != BASE or server.advice
        },
        "tracks": [
            {"track": track, "server": name, "stages": stages, "fails": fails}
            for case, (track, name, stages, fails) in _of_other_tracks().items()
            if outcomes.get(case, ("skipped",))[0] == "passed"
        ],
    }


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
        ("", "sockets", sockets()),
        ("services-", "sockets", services()),
    ):
        for server in servers:
            stages = dict.fromkeys(
                (*server.passes, *(check.partition("/")[0] for check in server.fails))
            )
            fails = [*server.fails, *server.advice]
            expected[prefix + server.name] = (track, server.name, list(stages), fails)
    for name, wrong in WRONG.items():
        expected[f"{name}-hardening"] = ("hardening", name, list(HARDENED), list(wrong))
    for name, stages_of in ENDINGS.items():
        fails = [check for checks in stages_of.values() for check in checks]
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
