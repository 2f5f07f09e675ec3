"""What a command line asks for, and what is said when it asks for something that is not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.commands.selection import hidden, select
from grader.course import Budgets, Course, Launch, Stage, Track
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = ["bind-port", "ok", "paths", "echo", "headers", "concurrency", "files", "gzip", "keep-alive"]
MORE = ["limits", "malformed"]
SLUGS = BASE + MORE


def track(slug: str, slugs: Sequence[str], first: int) -> Track:
    def stage(number: int, name: str) -> Stage:
        page = Path("stages", name, "README.md")
        return Stage(
            number, name, name.title(), slug, (), Launch(4221), Budgets(1, 1, 1, 1, 1), page
        )

    return Track(
        slug, slug.title(), tuple(stage(number, name) for number, name in enumerate(slugs, first))
    )


COURSE = Course(
    "tiny", "A course", (track("http", BASE, 1), track("hardening", MORE, len(BASE) + 1)), Path()
)


def selected(
    *stages: str, up_to: str | None = None, track: str | Sequence[str] = (), course: Course = COURSE
) -> list[str]:
    tracks = (track,) if isinstance(track, str) else track
    return [stage.slug for stage in select(course, stages=stages, up_to=up_to, tracks=tracks)]


@pytest.mark.parametrize(
    ("selectors", "slugs"),
    [
        (["5"], ["headers"]),
        (["05"], ["headers"]),
        (["headers"], ["headers"]),
        (["keep-alive"], ["keep-alive"]),
        (["2-4"], ["ok", "paths", "echo"]),
        (["2..4"], ["ok", "paths", "echo"]),
        (["ok..echo"], ["ok", "paths", "echo"]),
        (["ok..4"], ["ok", "paths", "echo"]),
        (["echo .. echo"], ["echo"]),
        (["9-10"], ["keep-alive", "limits"]),
        (["3,5"], ["paths", "headers"]),
        ([" 3 , headers "], ["paths", "headers"]),
        (["5", "3"], ["paths", "headers"]),
        (["gzip,1-2", "ok", "2"], ["bind-port", "ok", "gzip"]),
    ],
)
def test_selectors(selectors: list[str], slugs: list[str]) -> None:
    assert selected(*selectors) == slugs


def test_without_options_the_first_track_is_asked_for() -> None:
    assert selected() == BASE


def test_a_track() -> None:
    assert selected(track="hardening") == MORE
    assert selected("10", track="hardening") == ["limits"]


@pytest.mark.parametrize(
    "tracks", [("all",), ("hardening", "http"), ("hardening, http",), ("http", "all")]
)
def test_several_tracks_are_taken_in_the_order_of_the_course(tracks: tuple[str, ...]) -> None:
    assert selected(track=tracks) == SLUGS
    assert selected("10", "2", track=tracks) == ["ok", "limits"]
    assert selected(up_to="11", track=tracks) == MORE


@pytest.mark.parametrize(
    ("up_to", "track", "slugs"),
    [
        ("3", (), BASE[:3]),
        ("paths", (), BASE[:3]),
        ("9", "http", BASE),
        ("malformed", (), MORE),
        (" 10 ", "hardening", MORE[:1]),
    ],
)
def test_up_to(up_to: str, track: str | Sequence[str], slugs: list[str]) -> None:
    assert selected(up_to=up_to, track=track) == slugs


NONE_SUCH = [
    ("hedaers", "there is no stage 'hedaers'; did you mean 'headers'? `grade stages` lists them"),
    ("GZIP", "there is no stage 'GZIP'; did you mean 'gzip'? `grade stages` lists them"),
    ("nonsense", "there is no stage 'nonsense'; `grade stages` lists them"),
    ("\x1b[2J", "there is no stage '\\x1b[2J'; `grade stages` lists them"),
    (
        "echo-gzip",
        "there is no stage 'echo-gzip'; did you mean 'echo..gzip'? `grade stages` lists them",
    ),
    (
        "ok-keep-alive",
        (
            "there is no stage 'ok-keep-alive'; did you mean 'ok..keep-alive'? `grade stages` lists"
            " them"
        ),
    ),
    ("echo..gizp", "there is no stage 'gizp'; did you mean 'gzip'? `grade stages` lists them"),
    ("12", "there is no stage 12; the course has stages 1-11"),
    ("0", "there is no stage 0; the course has stages 1-11"),
    ("1-12", "there is no stage 12; the course has stages 1-11"),
    ("9" * 5000, f"there is no stage {'9' * 5000}; the course has stages 1-11"),
    ("-1", "there is no stage '-1'; `grade stages` lists them"),
    ("²", "there is no stage '²'; `grade stages` lists them"),
    ("5-1", "'5-1' runs backwards; stage 'bind-port' comes before 'headers'"),
    ("gzip..echo", "'gzip..echo' runs backwards; stage 'echo' comes before 'gzip'"),
    ("3,,5", "'3,,5' does not name every stage; write 5, echo, 1-5 or 3,5"),
    ("", "'' does not name every stage; write 5, echo, 1-5 or 3,5"),
    ("3..", "'3..' does not name every stage; write 5, echo, 1-5 or 3,5"),
]


@pytest.mark.parametrize(
    ("selector", "message"), NONE_SUCH, ids=[word[:12] for word, _ in NONE_SUCH]
)
def test_what_is_not_there(selector: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        selected("1", selector)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("stages", "up_to", "track", "message"),
    [
        (["1"], "3", (), "use either --stage or --up-to, not both"),
        ([], "1-3", (), "--up-to takes one stage (5, echo), not '1-3'"),
        ([], "1,3", (), "--up-to takes one stage (5, echo), not '1,3'"),
        ([], "ok..echo", (), "--up-to takes one stage (5, echo), not 'ok..echo'"),
        ([], "", (), "--up-to takes one stage (5, echo), not ''"),
        (
            [],
            "ehco",
            (),
            "there is no stage 'ehco'; did you mean 'echo'? `grade stages` lists them",
        ),
        ([], "3", "hardening", "stage 3 ('paths') belongs to track 'http', not to 'hardening'"),
        (
            ["9-10"],
            None,
            "hardening",
            "stage 9 ('keep-alive') belongs to track 'http', not to 'hardening'",
        ),
        (
            [],
            None,
            "hardning",
            (
                "there is no track 'hardning'; did you mean 'hardening'? The course has http,"
                " hardening (all: every track)"
            ),
        ),
        ([], None, "x", "there is no track 'x'; the course has http, hardening (all: every track)"),
    ],
)
def test_options_that_do_not_go_together(
    stages: list[str], up_to: str | None, track: str | Sequence[str], message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        selected(*stages, up_to=up_to, track=track)
    assert str(raised.value) == message


def test_a_course_of_one_stage() -> None:
    course = Course("one", "One", (track("only", ["alone"], 1),), Path())
    with pytest.raises(UsageError, match=r"^there is no stage 2; the course has only stage 1$"):
        selected("2", course=course)


POSITIONS = st.integers(1, len(SLUGS))


@st.composite
def selectors(draw: st.DrawFn) -> tuple[str, set[int]]:
    """One selector, and the numbers of the stages it means."""
    first, last = sorted((draw(POSITIONS), draw(POSITIONS)))
    start, end = (
        draw(st.sampled_from([str(number), SLUGS[number - 1]])) for number in (first, last)
    )
    numbers = {*range(first, last + 1)}
    alone = (start, {first})
    dotted = (f"{start}..{end}", numbers)
    dashed = (f"{first}-{last}", numbers)
    chosen: tuple[str, set[int]] = draw(st.sampled_from([alone, dotted, dashed]))
    return chosen


@given(st.lists(st.lists(selectors(), min_size=1), min_size=1))
def test_any_selection_is_in_the_order_of_the_course_and_each_stage_is_there_once(
    options: list[list[tuple[str, set[int]]]],
) -> None:
    asked = {number for option in options for _, numbers in option for number in numbers}
    found = select(COURSE, stages=[",".join(text for text, _ in option) for option in options])
    assert [stage.number for stage in found] == sorted(asked)


@given(st.one_of(st.text(), st.text(alphabet="0123456789-,. echozip")))
def test_any_word_is_a_selection_or_a_printable_usage_error(word: str) -> None:
    assert outcome(word).isprintable()


def outcome(word: str) -> str:
    """The slugs that a word selects, or what is said about it."""
    try:
        return " ".join(selected(word))
    except UsageError as error:
        return str(error)


def test_advice_and_stages_can_be_hidden() -> None:
    assert hidden(COURSE, ()) == ()
    assert hidden(COURSE, ("advice",)) == ("advice",)
    assert hidden(COURSE, ("4-5", "advice", "echo")) == ("advice", "echo", "headers")


@pytest.mark.parametrize("word", ["advise", "ehco", "99", ""])
def test_what_cannot_be_hidden_is_said(word: str) -> None:
    with pytest.raises(UsageError) as said:
        hidden(COURSE, (word,))
    assert ("did you mean .advice" in str(said.value).replace(chr(39), ".")) is (word == "advise")
