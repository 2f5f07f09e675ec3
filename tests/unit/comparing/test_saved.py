"""Saved cases: what is written is read again, and what somebody else wrote is not trusted."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from grader.comparing.case import BrokenCase, Case, name_of
from grader.comparing.saved_folder import MOST_BYTES, MOST_CASES, read_cases, write_case
from grader.errors import MachineError
from stages._compare import COMPARISON
from stages._compare.conversation import Ask, Conversation
from stages._compare.saved_form import HttpCase, dumped, parsed

RICH = Case(
    Conversation(
        (
            Ask("POST", "/files/a", ("X: caf\xe9", "Content-Length: 3"), b"\x00\r\n", cuts=(-2, 1)),
            Ask("GET", "/echo/a", connection=2, version="HTTP/1.0"),
            Ask("GET", "/", connection=2, joined=True, blank_first=True),
        ),
        (("b.txt", bytes(range(256))),),
        (b"GET / HT",),
    ),
    "keep-alive",
    True,
    "The status is 404, not 200",
)
SIMPLE = Case(
    Conversation((Ask(target="/echo/a"),)), "echo", False, "The body is not the expected one"
)


ODD = Case(Conversation((Ask(odd="framed", hostless=True), Ask())), "malformed", False, "200")


def _name(case: HttpCase) -> str:
    return name_of(dumped(case))


@pytest.mark.parametrize("case", [RICH, SIMPLE, ODD])
def test_what_is_written_is_read_again(case: HttpCase) -> None:
    assert parsed(dumped(case)) == case


def test_a_case_is_a_text_that_people_can_read() -> None:
    assert json.loads(dumped(SIMPLE)) == {
        "what": "The body is not the expected one",
        "stage": "echo",
        "strict": False,
        "files": {},
        "beside": [],
        "requests": [{"method": "GET", "target": "/echo/a", "connection": 1}],
    }


def test_the_name_depends_on_what_is_asked_alone() -> None:
    other = Case(SIMPLE.conversation, "echo", False, "something else was said")
    assert _name(other) == _name(SIMPLE)
    assert len(_name(SIMPLE)) == 6
    assert _name(RICH) != _name(SIMPLE)


def _with(**changed: Any) -> str:  # noqa: ANN401
    return json.dumps({**json.loads(dumped(SIMPLE)), **changed})


def _asking(**changed: Any) -> str:  # noqa: ANN401
    return _with(requests=[{"target": "/", **changed}])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is not valid JSON"),
        ("[" * 100_000, "it is not valid JSON"),
        ("1" * 10_000, "it is not valid JSON"),
        ("[]", "expected object, got array"),
        (_with(verdict="passed"), "unknown field verdict"),
        (_with(stage="bind-port"), "no stage 'bind-port' can have saved cases"),
        (_with(stage=9), "stage: expected str, got int"),
        (_with(strict="yes"), "strict: expected bool, got str"),
        (_with(what="caf\xe9"), "what: expected str"),
        (_with(files=[]), "files: expected object, got array"),
        (_with(files={"../../etc/passwd": ""}), "not the name of a file"),
        (_with(files={"a": 5}), "files[...]: expected bytes, written as escaped text"),
        (_with(beside=["\u20ac"]), "beside[0]: not an escape"),
        (_with(beside=[""] * 300), "beside: expected array of length <= 200"),
        (_with(requests=[]), "it has 0 requests"),
        (_with(requests=[5]), "requests[0]: expected object, got int"),
        (_with(requests=[{"target": "/files/a"}]), "it asks for files, and stage 'echo' has none"),
        (_asking(target="/ HTTP/1.1\r\nX: y"), "not a path"),
        (_asking(method="CONNECT"), "the method 'CONNECT'"),
        (_asking(headers=["Transfer-Encoding: chunked"]), "is not taught"),
        (_asking(headers=["A: b\\r\\nC: d"]), "not a header line"),
        (_asking(headers=["Content-Length: 5"]), "needs exactly one Content-Length"),
        (_asking(body="\\q"), "requests[0].body: not an escape"),
        (_asking(connection=10**30), "requests[0].connection: "),
        (_asking(connection=True), "connection: expected int, got bool"),
        (_asking(cuts=[10**6]), "a cut is outside"),
        (_asking(sleep=5), "requests[0]: object contains unknown field sleep"),
    ],
)
def test_a_case_that_is_broken_is_told_in_a_sentence(text: str, problem: str) -> None:
    with pytest.raises(BrokenCase) as broken:
        parsed(text)
    assert problem in str(broken.value)


# --- the folder -----------------------------------------------------------------------------------


def _folder(place: Path) -> Path:
    (folder := place / ".grade" / "cases").mkdir(parents=True)
    return folder


def test_cases_are_kept_beside_the_submission(tmp_path: Path) -> None:
    path = write_case(tmp_path, dumped(SIMPLE))
    assert path == f".grade/cases/{_name(SIMPLE)}.json"
    assert write_case(tmp_path, dumped(SIMPLE)) == path
    write_case(tmp_path, dumped(RICH))
    cases, warnings = read_cases(tmp_path, lambda: [COMPARISON])
    assert set(cases) == {SIMPLE, RICH}
    assert warnings == ()


def test_without_a_folder_there_are_no_cases(tmp_path: Path) -> None:
    assert read_cases(tmp_path, lambda: [COMPARISON]) == ((), ())
    (tmp_path / ".grade").mkdir()
    assert read_cases(tmp_path, lambda: [COMPARISON]) == ((), ())


def test_the_same_case_twice_is_one(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    for name in ("a.json", "b.json"):
        (folder / name).write_text(dumped(SIMPLE))
    assert read_cases(tmp_path, lambda: [COMPARISON]) == ((SIMPLE,), ())


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    (path.parent.parent.parent / "elsewhere").write_text(dumped(SIMPLE))
    path.symlink_to(path.parent.parent.parent / "elsewhere")


def _large(path: Path) -> None:
    path.write_bytes(b" " * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (_fifo, "it is not a regular file"),
        (Path.mkdir, "it is not a regular file"),
        (_link, "ignored: "),
        (_large, "it is longer than 1 MiB"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "it is not text in UTF-8"),
        (lambda path: path.write_text("{}"), "no stage '' can have saved cases"),
    ],
)
def test_a_hostile_file_is_one_warning(tmp_path: Path, make: Any, problem: str) -> None:  # noqa: ANN401
    make(_folder(tmp_path) / "x\x1b[31m.json")
    write_case(tmp_path, dumped(RICH))
    cases, warnings = read_cases(tmp_path, lambda: [COMPARISON])
    assert cases == (RICH,)
    (sentence,) = warnings
    assert sentence.startswith(r"the saved case .grade/cases/x\x1b[31m.json is ignored: ")
    assert problem in sentence


@pytest.mark.parametrize("part", [".grade", ".grade/cases"])
def test_a_link_in_place_of_a_folder_is_not_followed(tmp_path: Path, part: str) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    write_case(elsewhere, dumped(SIMPLE))
    (submission := tmp_path / "submission").mkdir()
    (submission / part).parent.mkdir(exist_ok=True)
    (submission / part).symlink_to(elsewhere / part)
    cases, warnings = read_cases(submission, lambda: [COMPARISON])
    assert cases == ()
    assert "saved cases are ignored: .grade/cases cannot be read" in warnings[0]
    with pytest.raises(MachineError, match="cannot save the case as"):
        write_case(submission, dumped(RICH))
    assert read_cases(elsewhere, lambda: [COMPARISON])[0] == (SIMPLE,)


def test_a_link_in_place_of_the_file_is_not_written_through(tmp_path: Path) -> None:
    (victim := tmp_path / "victim").write_text("mine")
    (_folder(tmp_path) / f"{_name(SIMPLE)}.json").symlink_to(victim)
    write_case(tmp_path, dumped(SIMPLE))
    assert victim.read_text() == "mine"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".grade").write_text("")
    assert "cannot be read" in read_cases(tmp_path, lambda: [COMPARISON])[1][0]


def test_too_many_cases(tmp_path: Path) -> None:
    for number in range(MOST_CASES + 3):
        asked = Conversation((Ask(target=f"/echo/a{number}"),))
        write_case(tmp_path, dumped(Case(asked, "echo", False, "")))
    cases, warnings = read_cases(tmp_path, lambda: [COMPARISON])
    assert len(cases) == MOST_CASES
    assert warnings == (
        f".grade/cases has more than {MOST_CASES} saved cases: the others are ignored",
    )
