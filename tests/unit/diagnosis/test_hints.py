"""The hint of a check and the one that was chosen by what was seen: both, or the one that fits."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure, Kind
from grader.diagnosis import whole_hint

OWN, SEEN = "Look for the name in any case.", "Read the traceback."
ABOUT_THE_PROGRAM = (Kind.EXIT, Kind.SILENCE, Kind.CLOSED, Kind.INCOMPLETE, Kind.CONNECTION)


@pytest.mark.parametrize("kind", Kind)
def test_the_check_speaks_first_where_the_program_was_looked_at(kind: Kind) -> None:
    wanted = f"{OWN} {SEEN}" if kind in ABOUT_THE_PROGRAM else SEEN

    assert whole_hint(Failure(kind, "It ended.", hint=SEEN), OWN) == wanted


@pytest.mark.parametrize("kind", Kind)
def test_where_there_is_one_hint_that_is_the_hint(kind: Kind) -> None:
    assert whole_hint(Failure(kind, "It ended."), OWN) == OWN
    assert whole_hint(Failure(kind, "It ended.", hint=SEEN), None) == SEEN
    assert whole_hint(Failure(kind, "It ended."), None) is None


def test_what_was_seen_may_leave_the_check_nothing_to_say() -> None:
    failure = Failure(Kind.SILENCE, "No answer.", hint=SEEN, hint_alone=True)

    assert whole_hint(failure, OWN) == SEEN


@pytest.mark.parametrize(
    ("seen", "own", "wanted"),
    [(OWN, OWN, OWN), (f"{OWN} More.", OWN, f"{OWN} More."), (OWN, f"{OWN} More.", f"{OWN} More.")],
)
def test_nothing_is_said_twice(seen: str, own: str, wanted: str) -> None:
    assert whole_hint(Failure(Kind.CLOSED, "It closed.", hint=seen), own) == wanted
