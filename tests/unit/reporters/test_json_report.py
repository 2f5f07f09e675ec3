"""The JSON report: it says what the schema says, documents every field, and gives every byte
back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from docs.make_schemas import brief_schema, page, report_schema
from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.codec import BrokenJson
from grader.errors import GraderError, MachineError, NotGraded
from grader.outcomes import Outcome
from grader.report.codec import from_json, to_json
from grader.report.document import VERSION
from grader.report.model import (
    CheckReport,
    Environment,
    Event,
    FailureDetail,
    Isolation,
    Report,
    RunFinished,
    RunHeader,
    StageReport,
    Verdict,
)
from grader.reporters.destination import Destination
from grader.reporters.failure_block import failure_text
from grader.reporters.rendered import Rendered
from grader.text.escape import unescape

Json = dict[str, Any]
Events = Callable[[Report], list[Event]]

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA: Json = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
PAGE = (DOCS / "report.md").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(SCHEMA)


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_sample_validates(sample: Report) -> None:
    VALIDATOR.validate(json.loads(to_json(sample)))


def test_sample_says_what_was_found(sample: Report) -> None:
    found = json.loads(to_json(sample))
    assert found["submission"] == {
        "path": "my_server.py",
        "command": ["python3", "my_server.py"],
        "built_by": "",
    }
    assert (found["verdict"], found["score"], found["max_score"]) == ("failed", 2, 11)
    stage = found["stages"][3]
    assert (stage["number"], stage["slug"], stage["points"], stage["max_points"]) == (
        5,
        "headers",
        0,
        5,
    )
    check = stage["checks"][0]
    assert (check["id"], check["level"], check["failure"]["offset"]) == (
        "headers/any_case",
        "required",
        7,
    )
    assert check["transcript"][-1] == {
        "connection": 1,
        "direction": "closed",
        "by": "server",
        "at_s": 0.0051,
        "bytes": "",
        "left_out": 0,
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_hostile_reports_validate_and_give_their_bytes_back(
    data: st.DataObject, hostile: st.SearchStrategy[Report]
) -> None:
    report = data.draw(hostile)
    text = to_json(report)
    assert text.isascii()
    found = json.loads(text)
    VALIDATOR.validate(found)
    json.dumps(found, ensure_ascii=False).encode("utf-8")  # no lone surrogate is left
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", "".join(strings(found)))
    assert b"".join(bytes_in(found)) == b"".join(bytes_of(report))
    assert to_json(from_json(text)) == text


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from strings(item)
        case dict():
            for item in value.values():
                yield from strings(item)


def bytes_in(found: Json) -> Iterator[bytes]:
    """Every escaped value of a document, unescaped; of expected and actual their prose is left
    out."""
    for check in (check for stage in found["stages"] for check in stage["checks"]):
        if check["verdict"] != "passed":
            yield from (unescape(entry["bytes"]) for entry in check["transcript"])
        if check["failure"]:
            yield unescape(check["failure"]["output_tail"])


def bytes_of(report: Report) -> Iterator[bytes]:
    for check in (check for stage in report.stages for check in stage.checks):
        if check.verdict is not Verdict.PASSED:
            yield from (entry.data for entry in check.transcript)
        if check.failure:
            yield check.failure.output_tail


def report_of(check: CheckReport) -> Report:
    stage = StageReport(1, "a", "A", "t", check.verdict, checks=(check,))
    header = RunHeader(
        "c", "C", "p", (), Environment("1", "3", "L", Isolation("none"), 1, False), "now"
    )
    return Report(header, check.verdict, stages=(stage,))


def test_what_was_received_in_a_row_is_one_entry() -> None:
    came = [(1, "a"), (1, "b"), (2, "c"), (1, "d")]
    received = [
        Entry(number, Direction.RECEIVED, index, data.encode(), "server")
        for index, (number, data) in enumerate(came)
    ]
    sent = [Entry(1, Direction.SENT, 9.0, data) for data in (b"x", b"y")]
    check = CheckReport(
        "a/b", "X", "x", "", Level.REQUIRED, Verdict.PASSED, transcript=(*received, *sent)
    )
    entries = json.loads(to_json(report_of(check)))["stages"][0]["checks"][0]["transcript"]
    assert [(entry["connection"], entry["bytes"], entry["at_s"]) for entry in entries] == [
        (1, "ab", 0), (2, "c", 2), (1, "d", 3), (1, "x", 9), (1, "y", 9)
    ]  # fmt: skip


@given(st.binary(), st.binary())
def test_compared_bytes_come_back(expected: bytes, actual: bytes) -> None:

    failure = FailureDetail(Kind.MISMATCH, "x", expected, actual, 0)
    check = CheckReport("a/b", "X", "x", "", Level.REQUIRED, Verdict.FAILED, failure=failure)
    found = json.loads(to_json(report_of(check)))["stages"][0]["checks"][0]["failure"]
    assert (unescape(found["expected"]), unescape(found["actual"])) == (
        expected,
        actual,
    )


def test_a_path_that_is_not_utf8_is_readable(sample: Report) -> None:
    path = b"serv\xffer.py".decode("utf-8", "surrogateescape")
    found = json.loads(
        to_json(replace(sample, header=replace(sample.header, submission_path=path)))
    )
    assert found["submission"]["path"] == "serv\\udcffer.py"


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (("properties", "outcome"), Outcome),
        (("properties", "verdict"), Verdict),
        (("$defs", "stage", "properties", "verdict"), Verdict),
        (("$defs", "check", "properties", "verdict"), Verdict),
        (("$defs", "check", "properties", "level"), Level),
        (("$defs", "failure", "properties", "kind"), Kind),
        (("$defs", "entry", "properties", "direction"), Direction),
    ],
)
def test_schema_knows_every_value(path: tuple[str, ...], values: type[Verdict]) -> None:
    schema = SCHEMA
    for step in path:
        schema = schema[step]
    assert schema["enum"] == [str(value) for value in values]


OBJECTS: dict[str, Json] = {"Report": SCHEMA, **SCHEMA["$defs"]}


@pytest.mark.parametrize("name", OBJECTS)
def test_schema_is_open_and_says_what_everything_means(name: str) -> None:
    schema = OBJECTS[name]
    assert "additionalProperties" not in schema
    assert schema["required"] == list(schema["properties"])
    assert all(field["description"] for field in (schema, *schema["properties"].values()))


def test_schema_and_page_are_what_the_types_say() -> None:
    assert report_schema() == SCHEMA, "python -m docs.make_schemas"
    assert page("Report", SCHEMA, PAGE) == PAGE, "python -m docs.make_schemas"
    brief = json.loads((DOCS / "brief.schema.json").read_text(encoding="utf-8"))
    assert brief_schema() == brief, "python -m docs.make_schemas"
    assert page("The brief report", brief, PAGE) == PAGE, "python -m docs.make_schemas"


def test_page_has_the_version_in_its_changelog() -> None:
    assert f"\n| {VERSION} | " in PAGE


def test_what_this_version_does_not_know_is_ignored(sample: Report) -> None:
    found = json.loads(to_json(sample))
    for part in (found, found["environment"], found["stages"][0]["checks"][0]):
        part["later"] = {"version": "of the grader"}
    VALIDATOR.validate(found)
    assert to_json(from_json(json.dumps(found))) == to_json(sample)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 3}, "version: invalid enum value 3"),
        ({"format": "stage-grader/brief"}, "format: invalid enum value 'stage-grader/brief'"),
        ({"score": "2"}, "score: expected int, got str"),
        ({"score": -1}, "score: expected int >= 0"),
        ({"output_tail": "\\"}, "output_tail: "),
        ({"stages": [{}]}, "stages[0]: object missing required field number"),
    ],
)
def test_what_is_no_such_report_is_refused(sample: Report, change: Json, says: str) -> None:
    text = json.dumps({**json.loads(to_json(sample)), **change})
    with pytest.raises(BrokenJson, match=f"^{re.escape(says)}"):
        from_json(text)


@pytest.mark.parametrize("text", ["", "{", "7", "[" * 100_000, "\xff", "NaN"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(BrokenJson):
        from_json(text)


def test_a_report_that_was_read_back_explains_every_failure_as_before(sample: Report) -> None:
    read = from_json(to_json(sample))
    before = [check for stage in sample.stages for check in stage.checks]
    after = [check for stage in read.stages for check in stage.checks]
    assert [failure_text(check) for check in after] == [failure_text(check) for check in before]
    explained = [failure_text(check) for check in after if check.failure]
    assert explained
    assert all(text.lstrip().startswith("problem") for text in explained)


def test_of_a_check_that_passed_the_beginning_is_kept() -> None:
    entries = [
        Entry(number, Direction.SENT, 0.0, b"x" * 1500, left_out=1) for number in range(1, 51)
    ]
    passed, failed = (
        CheckReport("a/b", "X", "x", "", Level.REQUIRED, verdict, transcript=tuple(entries))
        for verdict in (Verdict.PASSED, Verdict.FAILED)
    )
    (kept,), (whole,) = (
        from_json(to_json(report_of(check))).stages[0].checks for check in (passed, failed)
    )
    assert [len(entry.data) for entry in kept.transcript] == [1500, 548, *[0] * 18]
    assert {len(entry.data) + entry.left_out for entry in kept.transcript} == {1501}
    assert (kept.events_left_out, whole.events_left_out) == (30, 0)
    assert whole.transcript == tuple(entries)


def test_example_of_the_page_validates() -> None:
    example = PAGE.split("```json\n", 1)[1].split("```", 1)[0]
    VALIDATOR.validate(json.loads(example))


def written(events: list[Event], path: Path, error: GraderError | None = None) -> Json:
    reporter = Rendered(to_json, Destination(path), clock=iter([10.0, 12.5, 99.0]).__next__)
    for event in events:
        reporter.handle(event)
    reporter.close(error)
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    VALIDATOR.validate(found)
    return found


def test_finished_run_is_written_once(sample: Report, events: Events, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    reporter = Rendered(to_json, Destination(path))
    reporter.handle(RunFinished(sample))
    first = path.stat()
    for event in events(sample)[:3]:
        reporter.handle(event)
    reporter.close()
    assert path.stat().st_ino == first.st_ino


def test_interrupted_run_is_written(sample: Report, events: Events, tmp_path: Path) -> None:
    found = written(events(sample)[:10], tmp_path / "report.json")
    assert (found["outcome"], found["verdict"]) == ("errored", "errored")
    assert (found["reason"], found["output_tail"]) == ("the run was interrupted", "")
    assert [(stage["slug"], stage["verdict"]) for stage in found["stages"]] == [
        ("bind-port", "passed"),
        ("ok", "errored"),
    ]
    assert found["stages"][1]["checks"][0]["failure"]["kind"] == "malformed"
    assert (found["score"], found["max_score"]) == (2, 3)
    assert found["duration_s"] == 2.5


def test_run_ended_by_an_error_says_which(sample: Report, events: Events, tmp_path: Path) -> None:
    found = written(
        events(sample)[:4], tmp_path / "report.json", MachineError("the reference died")
    )
    assert (found["outcome"], found["verdict"], found["reason"]) == (
        "errored",
        "errored",
        "the reference died",
    )


def test_a_run_without_anything_to_grade_has_no_stage_and_no_points(
    sample: Report, events: Events, tmp_path: Path
) -> None:
    error = NotGraded("the build step ended with exit status 2", b"server.c:1: error\x1b[2J\n")
    found = written(events(sample)[:3], tmp_path / "report.json", error)
    assert (found["outcome"], found["verdict"], found["reason"]) == (
        "not_graded",
        "skipped",
        str(error),
    )
    assert (found["stages"], found["score"], found["max_score"]) == ([], 0, 0)
    assert unescape(found["output_tail"]) == error.said


def test_run_that_never_started_writes_nothing(tmp_path: Path) -> None:
    Rendered(to_json, Destination(tmp_path / "report.json")).close()
    assert list(tmp_path.iterdir()) == []
