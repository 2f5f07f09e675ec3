"""Servers that wait in awkward ways, in four languages: how often each is waited for in full,
counted in budgets and not by a clock."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import pytest

from tests import forked
from tests.benchmark import servers
from tests.golden import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.benchmark.servers import Server

ANSWER_S: Final = 5
KINDS: Final = {
    "endless": "ok,files",
    "endless+ticking": "ok,files",
    "spinning": "ok",
    "endless+ticking+spinning": "ok",
}
"""By the stages for which they are graded. Each client that leaves a spinning one takes a processor
of the machine: few of these are enough."""
FAILED: Final = {"ok/end_is_told", "files/ordinary_client"}
"""Required checks that an answer without an end fails."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Server]:
    """By its name, each server that can be built here."""
    place = tmp_path_factory.mktemp("servers")
    place.chmod(0o755)
    return {one.name: one for one in servers.awkward(place)}


def _chosen() -> Iterator[ParameterSet]:
    """Each kind in each language. Those that take longest are slow tests."""
    for kind in KINDS:
        for language in ("python", "node", "c", "go"):
            quick = kind == "endless" or (kind, language) == ("endless+ticking", "go")
            marks = [] if quick else [pytest.mark.slow]
            yield pytest.param(language, kind, id=f"{language}-{kind}", marks=marks)


@pytest.mark.parametrize(("language", "kind"), list(_chosen()))
def test_an_awkward_server_is_waited_for_in_full_once(
    language: str, kind: str, built: dict[str, Server], tmp_path: Path
) -> None:
    """To learn that its answers have no end; and not at all where each has one."""
    if (one := built.get(f"{kind} in {language}")) is None:
        pytest.skip(f"no {language} here")
    report, in_vain = tmp_path / "report.json", tmp_path / "in_vain.json"
    ended = forked.run(
        ["--quiet", "--seed=4", "--all", f"--stage={KINDS[kind]}", f"--report=json:{report}", "--",
         *one.command],
        cwd=one.place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": "/tmp", "IN_VAIN": str(in_vain)},
        timeout=600,
        module="tests.course.waits_in_vain",
    )  # fmt: skip
    assert not ended.err, ended.err.decode()
    stages = json.loads(report.read_text())["stages"]
    checks = [check for stage in stages for check in stage["checks"]]
    required = [check for check in checks if check["level"] == "required"]
    failed = {check["id"] for check in required if check["verdict"] == "failed"}
    wanted = {name for name in FAILED if name.partition("/")[0] in KINDS[kind].split(",")}
    assert failed == (wanted if "endless" in kind else set())
    full = [budget for budget in json.loads(in_vain.read_text()) if budget >= ANSWER_S]
    assert len(full) <= ("endless" in kind)
