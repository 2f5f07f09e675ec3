"""The guided reading: every file and function it names is there, and a request takes the way it
tells."""

from __future__ import annotations

import ast
import doctest
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reference
from reference.http1.connection import TRANSITIONS, Event, State
from tests.reference.conftest import Client, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(reference.__file__).parent
README = ROOT / "README.md"
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PAGE = FENCE.sub("", README.read_text(encoding="utf-8"))
SPAN = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"[A-Za-z_][\w.]*(?:\(\))?")
FILE = re.compile(r"\w[\w/]*(?:\.py|/)")
MOST = 12
"""So many modules a reader can follow a request through."""

OTHERS = frozenset(
    [
        "accept()",
        "recv()",
        "sendall()",
        "drain()",
        "None",
        "fig",
        "streams",
        "blocking",
        "httptools",
        "response",
    ]
)
"""Names of the standard library, words on the wire and names of transports."""


def defined(file: Path) -> set[str]:
    """The functions, classes, methods and constants of a file; what is in a class by both names."""
    return set(_named(ast.parse(file.read_text(encoding="utf-8")).body, ""))


def _named(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node.name
            yield from _named(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from {f"{prefix}{node.name}", f"{prefix}{node.name}()"}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            yield from (f"{prefix}{name}" for name in names)
            yield from names  # a member of an enumeration is also called by its own name


def rows(page: str) -> Iterator[list[str]]:
    """The cells of every table row."""
    for line in page.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def files_read(page: str) -> Iterator[tuple[Path, list[str]]]:
    """The tables of what to read: a file, and what is named in it."""
    for cells in rows(page):
        if match := re.match(r"\[`([^`]+\.py)`\]", cells[0]):
            yield ROOT / match[1], SPAN.findall(cells[1])


def gone(page: str) -> list[str]:
    """What the page names in backticks and is not there."""
    known = set(OTHERS).union(*(defined(file) for file in ROOT.rglob("*.py")))
    missing = [
        span
        for span in SPAN.findall(page)
        if not ((ROOT / span).exists() if FILE.fullmatch(span) else span in known)
        and (FILE.fullmatch(span) or NAME.fullmatch(span))
    ]
    elsewhere = [
        f"{name} in {file.relative_to(ROOT)}"
        for file, names in files_read(page)
        for name in names
        if file.exists() and name not in defined(file)
    ]
    return missing + elsewhere


def test_what_is_named_is_there() -> None:
    assert not gone(PAGE)
    assert len(list(files_read(PAGE))) > MOST


def test_what_is_gone_would_be_seen() -> None:
    page = (
        "`gone.py`, `servers/`, `Gone.away()`, `echo()`, `GET /`\n| [`web.py`](web.py) | `echo()` |"
    )

    assert gone(page) == ["gone.py", "servers/", "Gone.away()", "echo() in web.py"]


@pytest.mark.parametrize("transport", ["blocking", "streams"])
def test_a_request_takes_the_way_that_is_told(transport: str, tmp_path: Path) -> None:
    passed: set[str] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and Path(frame.f_code.co_filename).is_relative_to(ROOT):
            passed.add(Path(frame.f_code.co_filename).relative_to(ROOT).as_posix())

    threading.setprofile(watch)
    try:
        with running(transport, tmp_path) as site:
            passed.clear()
            client = Client(site.address)
            assert client.get("/echo/fig", "Connection: close").body == b"fig"
            assert client.rest() == b""
            client.socket.close()
            way = set(passed)
    finally:
        threading.setprofile(None)

    told = [file.relative_to(ROOT).as_posix() for file, _ in files_read(PAGE)][:MOST]
    assert way == {f"transports/{transport}.py", *told[1:]}


def test_the_table_of_states_is_the_servers() -> None:
    states = [cells for cells in rows(PAGE) if cells[0] == "" or cells[0].strip("`") in _STATES]
    _, *events = (cell.strip("`") for cell in states[0])
    told = {
        (State[row.strip("`")], Event[event]): State[cell.strip("`")]
        for row, *cells in states[1:]
        for event, cell in zip(events, cells, strict=True)
        if cell
    }

    assert told == TRANSITIONS


_STATES = {state.name for state in State}


def test_the_session_is_true() -> None:
    results = doctest.testfile(str(README), module_relative=False)

    assert results.attempted
    assert not results.failed
