"""What the doctor finds out: each thing when it is there, and when it is not."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course import Launch, course_root, load_course
from grader.doctor import course, programs, sandbox
from grader.doctor.finding import Finding, Remedy, Sandbox, State
from grader.isolation import Needs
from grader.isolation.cgroup import Standing
from grader.isolation.level import ALONE, UNBOUNDED
from grader.system.sockets import SocketTable
from tests.temporary import scratch_place

WAY = Remedy("x is 0", "sudo sysctl x=1")
Found = Callable[..., Sandbox]


@pytest.fixture
def sockets() -> Iterator[SocketTable]:
    with SocketTable() as table:
        yield table


def found_sandbox(
    level: str,
    *,
    contains: bool = True,
    private: bool = False,
    **rest: Any,  # noqa: ANN401
) -> Sandbox:
    weaknesses = rest.get("weaknesses", ("a thing", UNBOUNDED, ALONE))
    levels = (("bubblewrap", "bwrap is not installed"), ("namespaces", "it may not"), (level, None))
    return Sandbox(level, contains, private, rest.get("bounded", False), 1, weaknesses, levels)


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{text}\n")
    path.chmod(0o755)
    return path


def state(finding: Finding) -> tuple[State, bool]:
    return finding.state, finding.needed


# --- programs -------------------------------------------------------------------------------------


def test_the_interpreter_is_run() -> None:
    found, path = programs.examine_interpreter(sys.executable)
    assert found.state is State.OK
    assert path == sys.executable
    assert ".".join(map(str, sys.version_info[:2])) in found.says


def test_without_an_interpreter_nothing_can_be_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    found, path = programs.examine_interpreter(None)
    assert state(found) == (State.MISSING, True)
    assert path is None
    assert "'python3'" in found.says


def test_an_interpreter_that_does_not_work_is_none(tmp_path: Path) -> None:
    found, path = programs.examine_interpreter(
        str(program(tmp_path / "python3", "raise SystemExit(7)"))
    )
    assert state(found) == (State.MISSING, True)
    assert path is None


def test_other_languages_are_named_with_their_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "node", "print('v20.1.2')")
    program(tmp_path / "go", "print('go version go1.22.1 linux/amd64')")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.examine_others().says == "node v20.1.2; go go1.22.1; no gcc"


def test_clients_that_are_missing_are_named_with_what_takes_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    says = "curl and nc are missing: failures show commands with python3 instead"
    assert programs.examine_clients().says == says
    for name in ("bash", "curl"):
        program(tmp_path / name, "")
    says = "nc is missing: failures show commands with bash instead"
    assert programs.examine_clients().says == says
    program(tmp_path / "nc", "")
    assert "are there" in programs.examine_clients().says


# --- our own side ---------------------------------------------------------------------------------


def test_a_course_that_does_not_load_is_missing(tmp_path: Path) -> None:
    (tmp_path / "stages.yaml").write_text("slug: [")
    found, loaded = course.examine_course(tmp_path)
    assert state(found) == (State.MISSING, True)
    assert loaded is None
    assert "stages.yaml" in found.says


def test_the_reference_is_launched(tmp_path: Path, sockets: SocketTable) -> None:
    _, loaded = course.examine_course(course_root())
    assert loaded is not None
    assert course.examine_reference(loaded, tmp_path, sockets).state is State.OK


@pytest.mark.parametrize(
    "text", ["raise SystemExit('broken')", "import time, threading\nthreading.Event().wait(0)"]
)
def test_a_reference_that_does_not_start_is_missing(
    text: str, tmp_path: Path, sockets: SocketTable
) -> None:
    from msgspec.structs import replace

    (tmp_path / "reference.py").write_text(text)
    broken = replace(load_course(course_root(), only=()), root=tmp_path)
    found = course.examine_reference(broken, tmp_path, sockets)
    assert state(found) == (State.MISSING, True)
    assert "does not start" in found.says


def test_a_port_that_is_held_is_missing_unless_everybody_has_one(sockets: SocketTable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        held = course.examine_port(Launch(port), sockets, private=False)
        assert state(held) == (State.MISSING, True)
        assert f"process {os.getpid()} (" in held.says
        assert course.examine_port(Launch(port), sockets, private=True).state is State.OK
    assert course.examine_port(Launch(port), sockets, private=False).says == "free"


def test_a_place_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    with scratch_place() as place:
        monkeypatch.setenv("TMPDIR", str(place))
        assert course.examine_temporary() == (
            Finding("temporary", State.OK, f"{place} is writable"),
            True,
        )


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("/nonexistent", "nothing can be written"),
        ("/tmp", "submissions can write at some isolation levels"),
    ],
)
def test_another_place_than_was_asked_for_is_told(
    asked: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scratch_place() as place:
        monkeypatch.setattr("grader.isolation.scratch.candidates", lambda: [Path(asked), place])
        monkeypatch.setenv("TMPDIR", asked)
        found, there = course.examine_temporary()
    assert (state(found), there) == ((State.LESS, False), True)
    assert found.says == f"TMPDIR is {asked}, where {why}; {place} is used instead"


def test_a_place_that_has_to_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(
        "grader.isolation.scratch.candidates", lambda: [Path("/nonexistent"), Path("/tmp")]
    )
    found, there = course.examine_temporary()
    assert (state(found), there) == ((State.LESS, False), True)
    assert found.says == "/tmp is used, where submissions can write at some isolation levels"


def test_no_place_for_temporary_files_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.isolation.scratch.candidates", lambda: [Path("/nonexistent")])
    found, there = course.examine_temporary()
    assert (state(found), there) == ((State.MISSING, True), False)


# --- the sandbox ----------------------------------------------------------------------------------


def test_every_level_is_tried_and_nothing_changes_for_us(tmp_path: Path) -> None:
    before = Path("/proc/self/mountinfo").read_text()
    tried, findings = sandbox.examine(tmp_path, Needs(None, (sys.executable,)), required=False)
    assert [name for name, _ in tried.levels] == [
        "bubblewrap",
        "namespaces",
        "network",
        "landlock",
        "plain",
    ]
    assert tried.level == next(name for name, why in tried.levels if why is None)
    assert [finding.name for finding in findings] == ["sandbox", "side by side", "memory"]
    assert Path("/proc/self/mountinfo").read_text() == before


def test_why_no_better_level_and_what_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "dnf" else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    found = sandbox.contained(found_sandbox("landlock"), (WAY,), required=False)
    assert state(found) == (State.LESS, False)
    # the rest is said elsewhere
    assert found.details == ("no namespaces: it may not", "left open: a thing")
    install = Remedy("no bubblewrap: bwrap is not installed", "sudo dnf install bubblewrap")
    assert found.remedies == (WAY, install)


def test_an_unknown_cause_is_said_to_be_unknown() -> None:
    said = sandbox.contained(found_sandbox("landlock"), (), required=False).details
    assert "could not find out" in said[-1]
    said = sandbox.contained(found_sandbox("namespaces", private=True), (), required=False).details
    assert "could not find out" not in said[-1]


@pytest.mark.parametrize(
    ("level", "contains", "required", "expected"),
    [
        ("plain", False, False, (State.LESS, False)),
        ("plain", False, True, (State.MISSING, True)),
        ("landlock", True, True, (State.LESS, True)),
    ],
)
def test_containment_is_needed_only_when_asked_for(
    level: str, contains: bool, required: bool, expected: tuple[State, bool]
) -> None:
    assert (
        state(sandbox.contained(found_sandbox(level, contains=contains), (), required=required))
        == expected
    )


def test_how_many_at_a_time() -> None:
    assert sandbox.side_by_side(found_sandbox("namespaces", private=True)).state is State.OK
    assert "one at a time" in sandbox.side_by_side(found_sandbox("landlock")).says


def test_the_command_for_a_cgroup_of_ones_own_is_said_where_it_would_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "_has_systemd", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    shared = Standing(None, "others are in it", shared=True)
    found = sandbox.memory(found_sandbox("namespaces"), shared)
    assert found.remedies == (
        Remedy("others are in it", "systemd-run --user --scope -p Delegate=yes grade ..."),
    )
    absent = sandbox.memory(found_sandbox("namespaces"), Standing(None, "there are none"))
    assert (absent.remedies, absent.details) == ((), ("there are none",))
    bounded = sandbox.memory(
        found_sandbox("namespaces", bounded=True), Standing(Path("/sys/fs/cgroup/x"))
    )
    assert bounded.state is State.OK
