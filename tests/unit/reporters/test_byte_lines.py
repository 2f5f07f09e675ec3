"""How bytes and sentences are laid out: bounded, whole where there is room, and the caret under its
byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reporters.byte_lines import LEAST_WIDTH, byte_lines, lines_around
from grader.text.escape import visible
from grader.text.layout import columns, cut, hang, pad, wrap

WIDTH = LEAST_WIDTH
blobs = st.binary(max_size=400) | st.builds(
    b"".join, st.lists(st.sampled_from([b"\r\n", b"a: b", b"\n", b"x" * 70]))
)


def test_short_text_is_shown_whole() -> None:
    assert byte_lines(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nbody", WIDTH) == (
        r"GET / HTTP/1.1\r\n",
        r"Host: a\r\n",
        r"\r\n",
        "body",
    )


def test_nothing_is_named() -> None:
    assert byte_lines(b"", WIDTH) == ("(nothing)",)
    assert lines_around(b"", 0, WIDTH) == ("(nothing)",)


def test_long_text_loses_its_middle() -> None:
    data = b"".join(b"%d\n" % number for number in range(100, 200))
    assert byte_lines(data, WIDTH, at_most=5) == (
        r"100\n",
        r"101\n",
        r"102\n",
        "[380 bytes]",
        r"198\n",
        r"199\n",
    )


def test_one_line_that_fits_stands_where_its_size_would() -> None:
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    shown = (r"GET / HTTP/1.1\r\n", r"Host: a\r\n", r"\r\n")
    assert byte_lines(request, 80, at_most=2) == shown
    assert lines_around(request, 0, 80, after=1)[-1] == r"\r\n"
    assert byte_lines(request + b"body", 80, at_most=2)[-1] == "[6 bytes]"


def test_long_lines_lose_their_end_and_are_few() -> None:
    assert byte_lines((b"x" * 99 + b"\n") * 9, WIDTH) == ("x" * 37 + " [63 bytes]",) * 2 + (
        "[700 bytes]",
    )


def test_caret_stands_under_its_byte_among_the_lines_around() -> None:
    data = b"one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\n"
    assert lines_around(data, 19, WIDTH, before=1) == (
        "[10 bytes]",
        r"three\r\n",
        r"four\r\n",
        "  ^ byte 19",
        r"five\r\n",
        r"six\r\n",
    )


def test_caret_behind_the_end() -> None:
    assert lines_around(b"a\r\nb", 99, WIDTH) == (
        r"a\r\n",
        "b",
        " ^ ends here, after 4 bytes",
    )
    assert lines_around(b"a\r\n", 3, WIDTH) == (
        r"a\r\n",
        "",
        "^ ends here, after 3 bytes",
    )


def test_caret_far_to_the_right_has_its_note_on_the_left() -> None:
    assert lines_around(b"x" * 60, 59, WIDTH)[1] == " " * 51 + "byte 59 ^"


def test_what_is_not_at_hand_is_counted() -> None:
    data = b"x" * 200
    assert lines_around(data, 200, WIDTH, hidden=(1000, 0)) == (
        "[1166 bytes] " + "x" * 34,
        "ends here, after 1200 bytes ^".rjust(48),
    )
    assert lines_around(b"a\n" * 9, 8, WIDTH, before=1, after=1, hidden=(1000, 50)) == (
        "[1006 bytes]",
        r"a\n",
        r"a\n",
        "^ byte 1008",
        r"a\n",
        "[56 bytes]",
    )
    assert byte_lines(b"a\nb\n", WIDTH, more=7) == (r"a\n", r"b\n", "[7 bytes]")
    assert byte_lines(b"a\n" + b"b" * 99, WIDTH, more=7) == (
        r"a\n",
        "b" * 37 + " [69 bytes]",
    )


@given(blobs, st.integers(0, 500), st.integers(WIDTH, 70), st.integers(0, 8))
def test_lines_fit_and_are_few(data: bytes, offset: int, width: int, before: int) -> None:
    for lines in (
        byte_lines(data, width),
        lines_around(data, offset, width, before=before),
    ):
        assert all(line.isascii() and line.isprintable() and len(line) <= width for line in lines)
        assert len(lines) <= 13


@given(blobs.filter(bool), st.data())
def test_caret_is_under_the_byte_it_names(data: bytes, draw: st.DataObject) -> None:
    offset = draw.draw(st.integers(0, len(data) - 1))
    lines = lines_around(data, offset, WIDTH)
    place = next(
        index for index, line in enumerate(lines) if line.strip().strip("^ ") == f"byte {offset}"
    )
    assert lines[place - 1][lines[place].index("^") :].startswith(
        visible(data[offset : offset + 1])
    )


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])), st.integers(1, 40))
def test_wrapped_text_fits_and_is_all_there(text: str, width: int) -> None:
    lines = wrap(text, max(width, 2))
    assert all(columns(line) <= max(width, 2) for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one  two   three", ["one  two", "three"]),
        ("onetwothreefour", ["onetwothre", "efour"]),
        ("a onetwothreefour b", ["a", "onetwothre", "efour b"]),
        ("漢字漢字漢字", ["漢字漢字漢", "字"]),
    ],
)
def test_wrapping(text: str, lines: list[str]) -> None:
    assert wrap(text, 10) == lines


def test_cut_pad_and_hang() -> None:
    assert cut("0123456789", 10) == "0123456789"
    assert cut("0123456789x", 10) == "0123456..."
    assert cut("漢字漢字漢字", 10) == "漢字漢..."
    assert pad("漢", 4) == "漢  "
    assert hang("> ", "one two three", 9) == ["> one two", "  three"]
