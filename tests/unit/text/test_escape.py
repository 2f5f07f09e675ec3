"""Bytes and text made visible: nothing in them may steer a terminal, and nothing may get lost."""

import io
import json

import pytest

from grader.text.escape import (
    MINIMUM_WIDTH,
    excerpt,
    no_command,
    no_command_in_json,
    printable,
    shown,
    unescape,
    visible,
)
from grader.text.live_lines import LiveLines


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"GET / HTTP/1.1\r\n", r"GET / HTTP/1.1\r\n"),
        (b"a\tb", r"a\tb"),
        (b"C:\\new", r"C:\\new"),
        (b"\x00\x1b[31m\x7f\x80\xff", r"\x00\x1b[31m\x7f\x80\xff"),
        ("é€".encode(), r"\xc3\xa9\xe2\x82\xac"),
    ],
)
def test_visible(data: bytes, text: str) -> None:
    assert visible(data) == text
    assert visible(bytearray(data)) == text
    assert unescape(text) == data


def test_visible_is_one_line_of_ascii_and_comes_back() -> None:
    every = bytes(range(256))
    assert visible(every).isascii()
    assert visible(every).isprintable()
    assert unescape(visible(every)) == every


@pytest.mark.parametrize(
    "text", ["\n", "é", "\\", r"\q", r"\x4", r"\xFF", r"\x41", r"ok\x0a", "\x7f"]
)
def test_unescape_takes_only_what_visible_writes(text: str) -> None:
    with pytest.raises(ValueError, match="at character"):
        unescape(text)


def test_shown_is_bounded() -> None:
    assert shown(b"a\n") == r"'a\n'"
    assert shown(b"a" * 50) == "'" + "a" * 40 + "'..."


@pytest.mark.parametrize(
    ("data", "around", "text", "caret"),
    [
        (b"", 0, "", 0),
        (b"abc", 0, "abc", 0),
        (b"a\r\nb", 1, r"a\r\nb", 1),
        (b"a\r\nb", 3, r"a\r\nb", 5),
        (b"abc", 3, "abc", 3),
        (b"a" * 60, 59, "a" * 60, 59),
        (b"a" * 100, 0, "a" * 36 + " [64 bytes]", 0),
        (b"a" * 99 + b"b", 99, "[64 bytes] " + "a" * 35 + "b", 46),
        (b"a" * 500, 250, "[232 bytes] " + "a" * 36 + " [232 bytes]", 30),
        (b"\xff" * 100, 50, "[46 bytes] " + r"\xff" * 9 + " [45 bytes]", 27),
    ],
)
def test_excerpt(data: bytes, around: int, text: str, caret: int) -> None:
    result = excerpt(data, around, MINIMUM_WIDTH)
    assert (result.text, result.caret) == (text, caret)
    assert result.pointer == " " * caret + "^"


@pytest.mark.parametrize(("around", "width"), [(-1, 80), (4, 80), (0, MINIMUM_WIDTH - 1)])
def test_excerpt_refuses_what_it_cannot_show(around: int, width: int) -> None:
    with pytest.raises(ValueError, match=r"outside|at least"):
        excerpt(b"abc", around, width)


def test_an_excerpt_of_much_is_quick_and_small() -> None:
    assert len(excerpt(bytes(50_000_000), 25_000_000, 100).text) <= 100


@pytest.mark.parametrize(
    ("text", "keep", "result"),
    [
        ("plain", "", "plain"),
        ("naïve 日本語 \u3000 🙂", "", "naïve 日本語 \u3000 🙂"),
        ("a\nb\tc", "", r"a\nb\tc"),
        ("a\nb\tc\r", "\n", "a\nb\\tc\\r"),
        ("a\nb\tc", "\n\t", "a\nb\tc"),
        ("\x1b[31mred\x1b[0m", "", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m\x7f\x00", "", r"\x9b31m\x7f\x00"),
        ("a\u202eb\u2066\u200b\ufeff", "", r"a\u202eb\u2066\u200b\ufeff"),
        ("\u2028\u2029\udc80\U000e0041", "", r"\u2028\u2029\udc80\U000e0041"),
        (r"C:\new", "", r"C:\new"),
    ],
)
def test_printable(text: str, keep: str, result: str) -> None:
    assert printable(text, keep=keep) == result


def test_printable_keeps_no_other_control() -> None:
    with pytest.raises(ValueError, match="newline and a tab"):
        printable("a", keep="\r")


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("::error file=x::owned", r"\x3a:error file=x::owned"),
        ("   ::stop-commands::x ##[error]y", r"   \x3a:stop-commands::x \x23#[error]y"),
        ("| said ###[error]", r"| said #\x23#[error]"),
        ("##vso[task.complete]", r"\x23#vso[task.complete]"),
        ("##teamcity[x]", r"\x23#teamcity[x]"),
        ("::1 is an address", "::1 is an address"),
        ("std::vector<std::string> ## [x]", "std::vector<std::string> ## [x]"),
    ],
)
def test_no_line_is_a_command_to_ci(line: str, safe: str) -> None:
    assert no_command(line) == safe
    assert no_command(safe) == safe
    as_json = no_command_in_json(json.dumps([line]))
    assert json.loads(as_json) == [line]
    assert no_command(as_json) == as_json
    LiveLines(stream := io.StringIO(), live=False).write([line])
    assert stream.getvalue() == f"{safe}\n"
