"""What the store is compared by: what it draws can be had, what it saves it reads again, and what
somebody else wrote is not trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.comparing.case import BrokenCase, Case
from grader.comparing.load import comparison_of
from grader.course import load_course

if TYPE_CHECKING:
    from grader.comparing.comparison import AnyComparison

COURSE: Final = load_course(Path(__file__).parents[2] / "examples/courses/key-value", only=())


def _found() -> AnyComparison:
    found = comparison_of(COURSE, COURSE.tracks[0])
    assert found is not None
    return found


STORE: Final = _found()
DRAWN: Final = STORE.conversations(STORE.known, strict=True)


def test_a_stage_is_asked_for_what_it_was_taught() -> None:
    assert STORE.taught(COURSE, ["set-get"]) == {"ping", "set-get"}


@pytest.mark.sample
@given(DRAWN)
def test_what_is_drawn_is_covered_and_saved(asked: Any) -> None:  # noqa: ANN401
    case = Case(asked, "set-get", False, "what was said")
    assert STORE.from_json(STORE.to_json(case)) == case
    assert STORE.is_covered(asked, STORE.known, strict=True)
    assert STORE.needed(asked) <= set(STORE.known)
    assert len(STORE.requests(asked)) == len(asked)


@pytest.mark.sample
@given(DRAWN)
def test_smaller_ends(asked: Any) -> None:  # noqa: ANN401
    steps = 0
    while (found := next(iter(STORE.smaller(asked)), None)) is not None:
        assert len(STORE.to_json(Case(found, "", False, ""))) <= len(
            STORE.to_json(Case(asked, "", False, ""))
        )
        asked, steps = found, steps + 1
        assert steps < 1000


@pytest.mark.sample
@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(repr))
def test_what_somebody_else_wrote_is_not_trusted(text: str) -> None:
    with pytest.raises(BrokenCase):
        STORE.from_json(text)


@pytest.mark.sample
@pytest.mark.parametrize(
    "asks",
    [
        "[]",
        '[[1, "GET k\\nDEL k"]]',
        '[[9, "PING"]]',
        "[[1, 2]]",
        '[["1", "PING"]]',
        "[[1]]",
        "[5]",
    ],
)
def test_what_no_search_asks_for_is_refused(asks: str) -> None:
    said = f'{{"what": "", "stage": "ping", "strict": false, "asks": {asks}}}'
    with pytest.raises(BrokenCase):
        STORE.from_json(said)
