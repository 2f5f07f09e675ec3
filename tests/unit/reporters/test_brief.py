"""The brief report: what a class keeps of a grading, small whatever was sent."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from docs.make_schemas import brief_schema
from grader.jobs.results import LONGEST_BRIEF, read_brief
from grader.report.codec import to_json as render_whole
from grader.report.model import Report, Verdict
from grader.reporters.brief import render
from tests.unit.reporters.hostile import reports

SCHEMA = Draft202012Validator(brief_schema())


def test_it_says_what_the_whole_report_says(sample: Report) -> None:
    found, whole = json.loads(render(sample)), json.loads(render_whole(sample))
    assert [found[key] for key in ("verdict", "score", "max_score", "reason")] == [
        whole[key] for key in ("verdict", "score", "max_score", "reason")
    ]
    assert found["isolation_level"] == whole["environment"]["isolation"]["level"]
    assert found["seed"] == whole["environment"]["seed"]
    assert found["stages_passed"] == sum(stage["verdict"] == "passed" for stage in whole["stages"])
    failed = [
        check
        for stage in whole["stages"]
        for check in stage["checks"]
        if check["verdict"] == "failed" and check["level"] == "required"
    ]
    assert found["first_failed"] == {
        "check": failed[0]["id"],
        "requirement": failed[0]["requirement"],
        "kind": failed[0]["failure"]["kind"],
        "problem": failed[0]["failure"]["summary"],
    }


def test_a_run_without_a_reason_says_that_of_its_stage(sample: Report) -> None:
    stage = replace(
        sample.stages[0], verdict=Verdict.ERRORED, reason="the port is taken", checks=()
    )
    errored = replace(sample, verdict=Verdict.ERRORED, reason=None, stages=(stage,))
    assert json.loads(render(errored))["reason"] == "the port is taken"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reports)
def test_it_is_small_and_can_be_read(report: Report) -> None:
    text = render(report)
    assert len(text) < LONGEST_BRIEF
    assert text.isascii()
    SCHEMA.validate(json.loads(text))
    found = read_brief(text)
    assert found is not None
    assert found.verdict is report.verdict
    assert found.score == report.score
