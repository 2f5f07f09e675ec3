"""What `tests.trust.reports` calls a difference, and what it leaves out."""

from __future__ import annotations

import pytest

from tests.trust.reports import differences

REPORT = {"verdict": "failed", "duration_s": 1.5, "stages": [{"points": 3, "why": "after 0.5 s"}]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"duration_s": 2.5}, []),
        ({"stages": [{"points": 3, "why": "after 0.7 s"}]}, []),
        ({"verdict": "passed"}, ["a.py: .verdict: 'failed' is now 'passed'"]),
        (
            {"stages": [{"points": 2, "why": "after 0.5 s"}]},
            ["a.py: .stages[0].points: 3 is now 2"],
        ),
        ({"stages": []}, ["a.py: .stages: [{'points': 3, 'why': 'after TIME'}] is now []"]),
    ],
)
def test_what_differs_is_told(changed: dict[str, object], said: list[str]) -> None:
    assert (
        list(differences({"a.py": REPORT}, {"a.py": {**REPORT, **changed}}, {"duration_s"})) == said
    )


def test_a_report_that_is_missing_differs() -> None:
    assert list(differences({"a.py": {"verdict": "passed"}}, {"a.py": None}, ()))
