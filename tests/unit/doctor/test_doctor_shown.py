"""What an examination looks like: every state on the screen, and a document that keeps its schema's
promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs.make_schemas import doctor_schema, page
from grader.codec import to_json
from grader.doctor.document import document_of
from grader.doctor.finding import Examination, Finding, Remedy, Sandbox, State, missing, ok
from grader.doctor.show import screen_lines
from grader.isolation import LEVELS
from grader.text.style import Style

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "doctor.schema.json").read_text(encoding="utf-8"))
PAGE = (DOCS / "doctor.md").read_text(encoding="utf-8")
SANDBOX = Sandbox(
    "landlock", True, False, False, 1, ("much",), (("bubblewrap", "none"), ("landlock", None))
)
LESS = Finding(
    "sandbox",
    State.LESS,
    "it is less",
    False,
    ("no \x1b[31mred",),
    (Remedy("x is 0", "sudo sysctl x=1"),),
)


def examination(*findings: Finding, sandbox: Sandbox | None = SANDBOX) -> Examination:
    return Examination("1.0", "3.11", "Linux", sandbox, findings)


def test_the_screen_says_every_state_and_what_to_do() -> None:
    lines = screen_lines(
        examination(ok("course", "it loads"), LESS, missing("interpreter", "there is none")),
        Style(70),
    )
    assert lines == [
        "grade 1.0, Python 3.11, Linux",
        "",
        "  ✓ ok     course        it loads",
        "  • note   sandbox       it is less",
        r"                         - no \x1b[31mred",
        "                         - x is 0; to change it:",
        "                             sudo sysctl x=1",
        "  ✗ FAIL   interpreter   there is none",
        "",
        "Grading does not work here yet: see interpreter.",
    ]


@pytest.mark.parametrize(
    ("findings", "last"),
    [
        ([ok("course", "")], "Ready to grade."),
        ([ok("course", ""), LESS], "Ready to grade. Some things could be better: see sandbox."),
    ],
)
def test_the_last_line_says_what_it_comes_to(findings: list[Finding], last: str) -> None:
    assert screen_lines(examination(*findings), Style())[-1] == last


def test_a_command_is_never_broken() -> None:
    command = "docker run " + " ".join(["--security-opt seccomp=unconfined"] * 9)
    lines = screen_lines(
        examination(Finding("memory", State.LESS, "", remedies=(Remedy("", command),))), Style(40)
    )
    assert lines[3].split() == ["-", "to", "get", "it:"]
    assert lines[4].strip() == command


@pytest.mark.parametrize("sandbox", [SANDBOX, None])
def test_the_document_is_what_the_schema_promises(sandbox: Sandbox | None) -> None:
    examined = examination(LESS, missing("port 4221", "taken"), sandbox=sandbox)
    found = json.loads(to_json(document_of(examined)))
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(found)
    assert found["ready"] is False
    assert found["findings"][0]["details"] == [r"no \x1b[31mred"]
    assert found["findings"][1]["needed"] is True


def test_only_what_is_needed_stands_in_the_way() -> None:
    assert examination(Finding("port 4221", State.MISSING, "taken")).ready
    assert not examination(Finding("port 4221", State.MISSING, "taken", needed=True)).ready


def test_the_schema_knows_every_value() -> None:
    assert SCHEMA["$defs"]["finding"]["properties"]["state"]["enum"] == [
        str(state) for state in State
    ]
    assert SCHEMA["$defs"]["sandbox"]["properties"]["level"]["enum"] == list(LEVELS)


def test_schema_and_page_are_what_the_types_say() -> None:
    assert doctor_schema() == SCHEMA, "python -m docs.make_schemas"
    assert page("Findings of a machine", SCHEMA, PAGE) == PAGE, "python -m docs.make_schemas"


@pytest.mark.parametrize("part", [SCHEMA, *SCHEMA["$defs"].values()])
def test_the_schema_is_closed_and_says_what_everything_means(part: dict[str, Any]) -> None:
    assert part["additionalProperties"] is False
    assert part["required"] == list(part["properties"])
    assert all(field["description"] for field in (part, *part["properties"].values()))
