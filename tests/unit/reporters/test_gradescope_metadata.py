"""What Gradescope says of a submission: lateness is said and takes no points."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from grader.errors import UsageError
from grader.reporters import REPORTERS
from grader.reporters.destination import Destination
from grader.reporters.formats import gradescope
from grader.reporters.formats.gradescope_metadata import Metadata, beside, read

if TYPE_CHECKING:
    from pathlib import Path

    from grader.report.model import Report
    from tests.unit.reporters.conftest import Events

DUE = "2026-11-29T23:00:00.000000-07:00"


def metadata(created: object, due: object = DUE) -> dict[str, Any]:
    return {"created_at": created, "assignment": {"due_date": due}, "users": [{"email": "a@b"}]}


def known(tmp_path: Path, document: object, visibility: str | None = None) -> Metadata:
    (path := tmp_path / "metadata.json").write_text(json.dumps(document))
    return read(path, visibility)


@pytest.mark.parametrize(
    ("created", "late"),
    [
        ("2026-11-29T22:59:59-07:00", ""),
        (DUE, ""),
        ("2026-11-30T05:59:59+00:00", ""),  # the same in another zone
        ("2026-11-29T23:00:20-07:00", "1 minute"),
        ("2026-11-30T00:00:00-07:00", "1 hour"),
        ("2026-11-30T06:12:00Z", "12 minutes"),
        ("2026-12-01T01:05:00-07:00", "1 day 2 hours"),
    ],
)
def test_lateness_is_said(tmp_path: Path, created: str, late: str) -> None:
    said = known(tmp_path, metadata(created))
    assert said.sentence().startswith(f"Submitted {late} after the due date (" if late else "")
    assert bool(said.sentence()) is bool(late)
    assert (said.extra()["late_seconds"] > 0) is bool(late)


@pytest.mark.parametrize(
    "document",
    [
        None, [], "x", {}, {"assignment": None}, {"assignment": []}, metadata(None),
        metadata("yesterday"), metadata(DUE, None), metadata("2026-12-01T00:00:00"),
        metadata("2026-12-01T00:00:00", "2026-11-01T00:00:00"), metadata(7, {}),
    ],
)  # fmt: skip
def test_what_is_not_said_is_not_guessed(tmp_path: Path, document: object) -> None:
    assert known(tmp_path, document).sentence() == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"NaN", b"\xff\xfe", b"{}{}"])
def test_a_broken_file_is_none(tmp_path: Path, content: bytes) -> None:
    (path := tmp_path / "broken.json").write_bytes(content)
    assert read(path).late is None
    assert read(tmp_path).late is None


def test_a_due_date_that_does_not_exist_shows_nothing_early(tmp_path: Path) -> None:
    assert known(tmp_path, metadata(DUE), "after_due_date").shown == "after_due_date"
    assert known(tmp_path, metadata(DUE, None), "after_due_date").shown == "after_published"
    assert known(tmp_path, metadata(DUE, None), "hidden").shown == "hidden"
    assert known(tmp_path, metadata(DUE)).shown == "visible"


def test_an_unknown_visibility_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="GRADESCOPE_VISIBILITY must be one of visible, after_due"):
        read(None, "later")


def test_the_file_is_looked_for_where_gradescope_puts_it(tmp_path: Path) -> None:
    assert beside(tmp_path / "results" / "results.json") == tmp_path / "submission_metadata.json"
    assert beside(tmp_path / "results" / "ann.json") is None
    assert beside(tmp_path / "reports" / "results.json") is None
    assert beside(None) is None


def test_results_are_late_and_hidden_from_the_first_write_on(
    sample: Report, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADESCOPE_VISIBILITY", "after_published")
    late = metadata("2026-11-30T23:00:00-07:00")
    (tmp_path / "submission_metadata.json").write_text(json.dumps(late))
    (tmp_path / "results").mkdir()
    path = tmp_path / "results" / "results.json"
    reporter = REPORTERS["gradescope"].factory(Destination(path))
    for event in events(sample):
        reporter.handle(event)
        results = json.loads(path.read_text())
        assert "Submitted 1 day after the due date" in results["output"]
        assert {test["visibility"] for test in results["tests"]} <= {"after_published"}
        assert "a@b" not in path.read_text()
    reporter.close()
    assert results["score"] == json.loads(gradescope.render(sample))["score"]
