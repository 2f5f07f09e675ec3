"""The formats of other systems: each is what its source says, whatever a server has answered."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from msgspec.structs import replace

from grader.errors import MachineError
from grader.outcomes import Outcome
from grader.report.model import Report, RunFinished, StageFinished, Verdict
from grader.reporters import REPORTERS
from grader.reporters.destination import Destination
from grader.reporters.formats import (
    autolab,
    classroom50,
    codequality,
    ctrf,
    exercism,
    github,
    github_classroom,
    gradescope,
    junit,
    markdown,
    moodle_coderunner,
    prairielearn,
    told,
)
from tests.unit.reporters import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.reporters.conftest import Events

BEGAN = "2026-11-29T10:00:00Z"
reports = hostile.reports.map(lambda it: replace(it, header=replace(it.header, started_at=BEGAN)))
"""When a run began is ours to say."""

whatever_was_answered = settings(suppress_health_check=[HealthCheck.too_slow])


def errored(report: Report) -> Report:
    """The same run, which the machine ended before anything was judged."""
    return replace(
        report, verdict=Verdict.ERRORED, outcome=Outcome.ERRORED, reason="no memory", stages=()
    )


def not_graded(report: Report) -> Report:
    return replace(
        report, verdict=Verdict.SKIPPED, outcome=Outcome.NOT_GRADED, reason="no program", stages=()
    )


def marks(report: Report) -> list[str]:
    return [told.mark(check, report) for _, check in told.checks(report)]


# --- JUnit: junit-10.xsd --------------------------------------------------------------------------

_ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors", "skipped"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}
_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def parsed_junit(report: Report) -> ET.Element:
    root = ET.fromstring(junit.render(report).encode())
    for element in root.iter():
        assert set(element.attrib) <= _ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= _CHILDREN.get(element.tag, set())
    return root


@whatever_was_answered
@given(reports)
def test_junit_counts_what_it_holds(report: Report) -> None:
    root = parsed_junit(report)
    if not report.stages:
        return
    found = marks(report)
    assert len(root.findall(".//testcase")) == int(root.get("tests", "")) == len(found)
    for mark, tag, count in (
        ("failed", "failure", "failures"),
        ("errored", "error", "errors"),
        ("skipped", "skipped", "skipped"),
    ):
        assert len(root.findall(f".//{tag}")) == int(root.get(count, "")) == found.count(mark)


def test_junit_of_a_run_that_judged_nothing_is_an_error(sample: Report) -> None:
    root = parsed_junit(errored(sample))
    assert root.get("errors") == "1"
    (error,) = root.findall(".//error")
    assert "no memory" in error.get("message", "")


# --- CTRF: ctrf.schema.json -----------------------------------------------------------------------

_TEST = {
    "name", "status", "duration", "suite", "message", "trace", "rawStatus", "tags", "filePath",
    "line", "extra",
}  # fmt: skip
_SUMMARY = {
    "tests", "passed", "failed", "skipped", "pending", "other", "suites", "start", "stop", "extra",
}  # fmt: skip


@whatever_was_answered
@given(reports)
def test_ctrf_has_the_fields_of_its_schema(report: Report) -> None:
    document = json.loads(ctrf.render(report))
    assert document["reportFormat"] == "CTRF"
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["specVersion"])
    results = document["results"]
    assert set(results) == {"tool", "summary", "tests"}
    assert set(results["summary"]) == _SUMMARY
    counted = ("passed", "failed", "skipped", "pending", "other")
    assert sum(results["summary"][name] for name in counted) == len(results["tests"])
    for test in results["tests"]:
        assert set(test) <= _TEST
        assert {"name", "status", "duration"} <= set(test)
        assert test["status"] in counted
        assert isinstance(test["duration"], int)


# --- GitHub: workflow commands --------------------------------------------------------------------

_COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,]*,?)+)::(.*)")


def runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """What the runner of GitHub Actions takes a line for: actions/runner, ActionCommand.cs."""
    found = _COMMAND.fullmatch(line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))

    def read(text: str, more: tuple[tuple[str, str], ...] = ()) -> str:
        for escape, char in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
            text = text.replace(escape, char)
        return text

    extra = ((("%3A", ":")), (("%2C", ",")))
    return found[1], {name: read(text, extra) for name, text in properties.items()}, read(found[3])


@whatever_was_answered
@given(reports)
def test_github_has_no_command_but_ours_and_no_more_than_are_shown(report: Report) -> None:
    lines = github.render(report).splitlines()
    commands = [runner_reads(line) for line in lines]
    kinds = [kind for kind, _, _ in commands]
    assert kinds.count("error") <= 10
    assert kinds.count("warning") <= 10
    if report.stages:
        assert commands[-1] == ("notice", {"title": "grade"}, told.summary(report))
        found = marks(report)
        wanted = min(10, found.count("failed") + found.count("errored"))
        assert kinds.count("error") == wanted


def test_github_writes_commands_to_standard_output_and_a_summary(
    sample: Report,
    events: Events,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (summary := tmp_path / "summary").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    reporter = REPORTERS["github"].factory(Destination())
    for event in events(sample):
        reporter.handle(event)
    reporter.close()

    assert capsys.readouterr().out == github.render(sample)
    assert summary.read_text() == "before\n" + markdown.render(sample)


# --- Markdown -------------------------------------------------------------------------------------


@whatever_was_answered
@given(reports)
def test_markdown_has_no_html_link_or_image_but_ours(report: Report) -> None:
    text = markdown.render(report)
    assert len(text.encode()) <= markdown.MOST_BYTES
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = parser.parse(text)
    ours = re.compile(
        r"<details><summary>[^<>]*</summary>\s*|</details>\s*|<details>|<summary>|</summary>"
    )
    inline = [child for token in tokens for child in token.children or ()]
    for token in (*tokens, *inline):
        assert token.type not in ("link_open", "image")
        if token.type in ("html_block", "html_inline"):
            assert not ours.sub("", token.content).strip(), token.content


def test_markdown_leaves_out_what_has_no_room(sample: Report) -> None:
    whole, short = markdown.rendered(sample, 60_000), markdown.rendered(sample, 2_500)
    assert "not shown here" not in whole
    assert len(short.encode()) <= 2_500
    assert re.search(r"\d more failures? not shown here\.", short)


# --- Gradescope -----------------------------------------------------------------------------------


@whatever_was_answered
@given(reports)
def test_gradescope_scores_only_what_was_judged(report: Report) -> None:
    document = json.loads(gradescope.render(report))
    assert isinstance(document["execution_time"], int)
    if report.outcome is Outcome.ERRORED:
        assert not {"score", "tests"} & set(document)
        return
    assert document["score"] == (report.score if report.outcome is Outcome.GRADED else 0)
    for test in document["tests"]:
        assert test["score"] >= 0
        assert test["visibility"] == "visible"
        assert test.get("status") in (None, "passed", "failed")


def test_gradescope_is_written_after_each_stage(
    sample: Report, events: Events, tmp_path: Path
) -> None:
    path = tmp_path / "results.json"
    reporter = REPORTERS["gradescope"].factory(Destination(path))
    seen: list[dict[str, Any]] = []
    for event in events(sample):
        reporter.handle(event)
        if isinstance(event, StageFinished | RunFinished):
            seen.append(json.loads(path.read_text()))
    reporter.close()

    *partial, last = seen
    assert len(partial) == len(sample.stages)
    assert all(one["output"].startswith("PARTIAL: ") for one in partial)
    assert [len(one["tests"]) for one in partial] == [
        sum(len(stage.checks) for stage in sample.stages[: count + 1])
        for count in range(len(sample.stages))
    ]
    assert last == json.loads(gradescope.render(sample))
    assert "PARTIAL" not in last["output"]


def test_a_run_that_the_machine_ends_takes_the_score_away_again(
    sample: Report, events: Events, tmp_path: Path
) -> None:
    path = tmp_path / "results.json"
    reporter = REPORTERS["gradescope"].factory(Destination(path))
    for event in events(sample)[:-1]:
        reporter.handle(event)
    reporter.close(MachineError("no memory"))

    assert "score" not in json.loads(path.read_text())


# --- Classroom 50, GitHub Classroom ---------------------------------------------------------------

_RUNNER = {
    "CLASSROOM": "cs", "ASSIGNMENT": "http", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "c",
    "RELEASE_URL": "r",
}  # fmt: skip


@whatever_was_answered
@given(reports)
def test_classroom50_has_whole_numbers_that_add_up(report: Report) -> None:
    document = json.loads(classroom50.rendered(report, _RUNNER))
    assert document["schema"] == "classroom50/result/v1"
    assert document["review"] == "c"
    assert re.fullmatch(r".{19}Z", document["datetime"])
    if report.outcome is not Outcome.GRADED:
        assert "score" not in document
        return
    for test in document["tests"]:
        assert set(test) == {"test-name", "passed", "score", "max-score"}
        assert isinstance(test["score"], int)
    scores = [check.points for _, check in told.checks(report) if check.max_points]
    assert [test["score"] for test in document["tests"]] == scores


@whatever_was_answered
@given(reports)
def test_github_classroom_is_one_line_of_base64(report: Report) -> None:
    (line,) = github_classroom.render(report).splitlines()
    document = json.loads(base64.b64decode(line, validate=True))
    assert document["version"] == 1
    judged = report.outcome is Outcome.GRADED
    assert document["status"] in (("pass", "fail") if judged else ("error",))
    assert all(test["status"] in ("pass", "fail", "error") for test in document["tests"])


# --- Autolab, PrairieLearn, Exercism, GitLab ------------------------------------------------------


@whatever_was_answered
@given(reports)
def test_autolab_reads_no_line_but_ours(report: Report) -> None:
    lines = [line for line in autolab.render(report).split("\n") if line.startswith("{")]
    if report.outcome is Outcome.ERRORED:
        assert lines == []
        return
    feedback, scores = map(json.loads, lines)
    assert feedback["_presentation"] == "semantic"
    assert sum(scores["scores"].values()) <= report.score
    assert autolab.render(report).rstrip("\n").split("\n")[-1] == lines[-1]


@whatever_was_answered
@given(reports)
def test_prairielearn_is_small_and_scores_from_0_to_1(report: Report) -> None:
    text = prairielearn.render(report)
    assert len(text.encode()) <= prairielearn.MOST_BYTES
    document = json.loads(text)
    assert document["gradable"] is (report.outcome is Outcome.GRADED)
    assert ("score" in document) is document["gradable"]
    assert 0 <= document.get("score", 0) <= 1


def test_prairielearn_shortens_its_texts_until_all_fits(sample: Report) -> None:
    many = replace(sample, stages=sample.stages * 200)
    text = prairielearn.render(many)
    assert len(text.encode()) <= prairielearn.MOST_BYTES
    counted = [check for _, check in told.checks(many) if check.max_points]
    assert len(json.loads(text)["tests"]) == len(counted)


@whatever_was_answered
@given(reports)
def test_exercism_has_tests_or_says_why_there_are_none(report: Report) -> None:
    document = json.loads(exercism.render(report))
    assert document["version"] == 3
    if report.outcome is not Outcome.GRADED:
        assert document["status"] == "error"
        assert document["message"]
        return
    assert document["status"] == ("pass" if report.verdict is Verdict.PASSED else "fail")
    assert all(test["status"] in ("pass", "fail", "error") for test in document["tests"])
    assert all(len(test.get("message", "")) <= 65_535 for test in document["tests"])


@whatever_was_answered
@given(reports)
def test_codequality_has_a_place_for_each_entry(report: Report) -> None:
    for entry in json.loads(codequality.render(report)):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 0
        assert not entry["location"]["path"].startswith("./")


# --- Moodle's CodeRunner --------------------------------------------------------------------------

_FIELDS = {"fraction", "prologuehtml", "testresults", "columnformats", "epiloguehtml"}


class _Tags(HTMLParser):
    """The elements of a text, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[tuple[str, int]] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, len(attrs)))

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


@whatever_was_answered
@given(reports)
def test_coderunner_has_the_documented_fields_and_no_html_but_ours(report: Report) -> None:
    text = moodle_coderunner.render(report)
    assert len(text.encode()) <= moodle_coderunner.MOST_BYTES
    document = json.loads(text)
    assert set(document) <= _FIELDS
    assert ("fraction" in document) is (report.outcome is not Outcome.ERRORED)
    html = document["prologuehtml"] + document.get("epiloguehtml", "")
    assert _Tags(html).found <= {("p", 0), ("details", 0), ("summary", 0), ("pre", 0)}
    if report.outcome is not Outcome.GRADED:
        assert document.get("fraction", 0) == 0
        return
    assert 0 <= document["fraction"] <= 1
    header, *rows = document["testresults"]
    assert header[0] == "iscorrect"
    assert document["columnformats"] == ["%s"] * (len(header) - 1)
    assert all(len(row) == len(header) for row in rows)
    counted = [check for _, check in told.checks(report) if check.max_points]
    assert [row[0] for row in rows] == [
        int(told.mark(check, report) == "passed") for check in counted
    ]


def test_coderunner_shortens_its_texts_until_all_fits(sample: Report) -> None:
    text = moodle_coderunner.render(replace(sample, stages=sample.stages * 200))
    assert len(text.encode()) <= moodle_coderunner.MOST_BYTES


# --- where it failed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "called"),
    [
        ("lab/mine/server.py", "lab/mine/app/web.py"),
        ("lab/mine", "lab/mine/app/web.py"),
        ("./lab/mine/", "lab/mine/app/web.py"),
        (".", "app/web.py"),
        ("python3 lab/mine/server.py", "app/web.py"),
    ],
)
def test_a_file_is_called_as_from_where_grade_runs(
    sample: Report, named: str, called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab" / "mine").mkdir(parents=True)
    (tmp_path / "lab" / "mine" / "server.py").touch()
    check = next(it for _, it in told.checks(sample) if it.failure)
    assert check.failure
    check = replace(check, failure=replace(check.failure, file="app/web.py", line=3))
    report = replace(sample, header=replace(sample.header, submission_path=named))
    assert told.place(check, report) == (called, 3)
    absolute = replace(report.header, submission_path=str(tmp_path / "lab/mine"))
    assert told.place(check, replace(report, header=absolute)) == ("lab/mine/app/web.py", 3)


# --- all ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_every_format_tells_of_a_run_that_judged_nothing(
    sample: Report, events: Events, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "report"
    for run in (errored(sample), not_graded(sample)):
        reporter = REPORTERS[name].factory(Destination(path))
        for event in events(run):
            reporter.handle(event)
        reporter.close()
        text = path.read_text()
        if name == "github-classroom":
            text = base64.b64decode(text).decode()
        if name != "gitlab-codequality":  # it has places in files alone
            assert str(run.reason) in text
