"""The learner's own lines: found by the program's names for them, and by nobody's tricks anything
else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.diagnosis import SourceLine
from grader.program.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "import socket\n\ndef handle(client):\n    client.recv(1)\n"


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (own := tmp_path / "own").mkdir()
    (own / "my_server.py").write_text(TEXT)
    (own / "app").mkdir()
    (own / "app" / "parts.py").write_text(TEXT)
    (tmp_path / "secret.py").write_text("secret\n")
    return Sources(own, tmp_path / "running")


@pytest.mark.parametrize(
    "path",
    [
        "my_server.py",
        "./my_server.py",
        "{running}/my_server.py",
        "{original}/my_server.py",
        "app/parts.py",
    ],
)
def test_a_line_of_the_submission(sources: Sources, tmp_path: Path, path: str) -> None:
    name = "app/parts.py" if "parts" in path else "my_server.py"
    steps = [
        ("/usr/lib/python3/socket.py", 9, "accept"),
        (path.format(running=tmp_path / "running", original=tmp_path / "own"), 4, "handle"),
    ]

    assert sources.innermost(steps) == SourceLine(name, 4, "handle", "    client.recv(1)")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.py",
        "/etc/passwd",
        "<string>",
        "{running}/../secret.py",
        "{original}/../secret.py",
        "venv/lib/site-packages/x.py",
        "a\0b",
    ],
)
def test_a_file_of_somebody_else(sources: Sources, tmp_path: Path, path: str) -> None:
    path = path.format(running=tmp_path / "running", original=tmp_path / "own")
    assert sources.innermost([(path, 1, "f")]) is None


def test_what_cannot_be_read_safely_is_named_and_not_quoted(
    sources: Sources, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "link.py").symlink_to(tmp_path / "secret.py")
    (own / "folder").symlink_to(tmp_path)
    os.mkfifo(own / "pipe.py")
    (own / "large.py").write_bytes(b"x" * (1 << 21))

    for name in ("link.py", "folder/secret.py", "pipe.py", "gone.py", "app"):
        assert sources.innermost([(name, 1, "f")]) == SourceLine(name, 1, "f")
    found = sources.innermost([("large.py", 1, "f")])
    assert found is not None
    assert len(found.text) == 1 << 20
    assert len(found.under("here")) < 120


def test_where_a_function_begins(sources: Sources) -> None:
    assert sources.definition(SourceLine("my_server.py", 4, "handle")).line == 3
    assert sources.definition(SourceLine("my_server.py", 4, "other")).line == 4
    assert sources.definition(SourceLine("my_server.py", 4)).line == 4


def test_a_file_that_the_program_does_not_see_itself(sources: Sources, tmp_path: Path) -> None:
    """Or else it could have us read it, by a traceback that it makes up."""
    own, running = tmp_path / "own", tmp_path / "running"
    for name in (
        ".git/config",
        "app/.git/config",
        ".grade/progress.json",
        "course/checks.py",
        "report.json",
    ):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text("secret\n")
    some = Sources(own, running, hidden=[own / "course", own / "report.json", own, tmp_path])
    assert some.innermost([("my_server.py", 4, "f")])
    for name in (
        ".git/config",
        "app/.git/config",
        ".grade/progress.json",
        "course/checks.py",
        "report.json",
    ):
        assert some.innermost([(name, 1, "f")]) is None
    assert sources.innermost([("report.json", 1, "f")])
    alone = Sources(own, running, "my_server.py")
    assert alone.innermost([("app/parts.py", 4, "f")]) is None
    assert alone.innermost([("my_server.py", 4, "f")])


@pytest.mark.parametrize(
    ("said", "missed"),
    [
        ("ModuleNotFoundError: No module named 'helper'", "helper.py"),
        ("ModuleNotFoundError: No module named 'helper.inner'", "helper.py"),
        ("Error: Cannot find module './helper'", "helper.py"),
        ("cannot load such file -- ./helper (LoadError)", "helper.py"),
        ("No such file or directory: 'table.json'", "table.json"),
        ("cat: table.json: No such file", ""),
        ("cannot open table.json", "table.json"),
        ("No module named 'flask'", ""),
        ('File "/somewhere/helper.py", line 3', ""),
        ("No module named 'server'", ""),
        ("helper is a word", ""),
        ("", ""),
    ],
)
def test_a_file_beside_one_that_is_alone(tmp_path: Path, said: str, missed: str) -> None:
    for name in ("server.py", "server.json", "helper.py", "table.json"):
        (tmp_path / name).write_text("")
    assert Sources(tmp_path, tmp_path, "server.py").missed(said) == missed
    assert Sources(tmp_path, tmp_path).missed(said) == ""
