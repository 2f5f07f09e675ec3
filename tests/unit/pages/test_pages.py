"""How the page of a stage is shown: on terminals of any width, in a pipe, as HTML. Its text steers
neither a terminal nor a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from grader.course import course_root, load_course
from grader.course.pages import page_text
from grader.pages import reading
from grader.pages.browser import html_page, written
from grader.pages.reading import knows_links, language_in, page_in, paged
from grader.pages.terminal import PageLook, page_lines
from grader.text.layout import columns

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")
LONG = "curl -i " + " ".join(["http://localhost:4221/a"] * 8)
PAGE = f"""\
# A title

Words with `code`, **weight** and [a link](https://example.org/a). {"Many words. " * 20}

| a | b |
|---|---|
| `x` | {"long " * 40}|

```sh
{LONG}
```

- One
  - Two

    ```sh
    {LONG}
    ```

<!-- a comment -->
"""
HOSTILE = """\
# T&#27;[31m \x1b[2J <b>bold</b> <script>alert(1)</script>

[a](javascript:alert(1)) [b](other.md) ![what](http://example.org/x.png) \u202e

<script>alert(2)</script>

[c](<https://example.org/"onclick="alert(3)\x07>) `\x1b]0;title\x07`

```sh\x1b[1m
\x9b31m
```
"""


def shown(page: str, look: PageLook) -> str:
    return "\n".join(page_lines(page, look))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_prose_is_wrapped_and_commands_are_whole(width: int) -> None:
    lines = page_lines(PAGE, PageLook(width))
    assert f"  {LONG}" in lines
    assert max(columns(line) for line in lines if LONG not in line) <= min(width, 100)
    assert not any("comment" in line or line != line.rstrip() for line in lines)


def test_a_pipe_gets_plain_text() -> None:
    text = shown(PAGE, PageLook())
    assert text.startswith("A title\n=======\n\nWords with `code`, weight and a link")
    assert "(https://example.org/a)" in text
    assert "\x1b" not in text


def test_a_terminal_gets_colours_and_links() -> None:
    text = shown(PAGE, PageLook(80, color=True, links=True))
    assert "\x1b[36mcode\x1b[0m" in text
    assert re.search(r"\x1b\]8;id=\d+;https://example\.org/a\x1b\\\x1b\[[0-9;]*ma link", text)
    assert "(https://" not in text
    plain = ESCAPES.sub("", shown(PAGE, PageLook(80, color=True)))
    assert "a link (https://example.org/a)" in plain


def test_what_the_encoding_lacks_is_written_otherwise() -> None:
    text = shown(PAGE + "\n> é\n", PageLook(encoding="ascii"))
    assert text.isascii()
    assert " * One" in text
    assert "| \\xe9" in text


@pytest.mark.parametrize("look", [PageLook(), PageLook(80, color=True, links=True)])
def test_text_steers_no_terminal(look: PageLook) -> None:
    text = ESCAPES.sub("", shown(HOSTILE, look))
    assert text.replace("\n", "").isprintable()
    assert "\\x1b[2J" in text
    assert "alert(2)" not in text


def test_text_steers_no_browser() -> None:
    text = html_page(HOSTILE, "<i>\x1b")
    assert "<title>&lt;i&gt;\\x1b</title>" in text
    for markup in ("<script", "<b>", "<img", 'javascript:alert(1)"', 'onclick="alert', "other.md"):
        assert markup not in text
    assert text.replace("\n", "").isprintable()
    assert text.count("<a ") == 1


def test_every_page_is_shown() -> None:
    for stage in load_course(course_root(), only=()).stages:
        assert f"<h1>{stage.title}</h1>" in html_page(page_text(stage), stage.title)


def test_the_end_says_what_is_left_out() -> None:
    page = "- Python: a\n- C: b\n"
    assert page_in(page, None, "echo") == page
    assert page_in(page, "python", "echo").endswith(
        "This page is for Python: 1 paragraph about other languages is left out. All of it:\n\n"
        "```sh\ngrade show echo --language all\n```\n"
    )
    assert page_in("- C: b\n", "c", "echo") == "- C: b\n"


def test_the_language_of_a_directory(tmp_path: Path) -> None:
    assert language_in(tmp_path) is None
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.go").touch()
    assert language_in(tmp_path) == "go"
    assert language_in(tmp_path / "gone") is None


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7002"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4200"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, True),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7002"}, False),
        ({"TERM": "dumb", "VTE_VERSION": "7002"}, False),
    ],
)
def test_which_terminals_know_links(environment: dict[str, str], known: bool) -> None:
    assert knows_links(environment) is known


@pytest.mark.parametrize(
    ("pager", "says", "colours"),
    [
        ("", "less 590 (GNU regular expressions)", True),
        ("less -S", "less 590", True),
        ("less", "BusyBox", False),
        ("most", "less 590", False),
        ("none", "less 590", False),
    ],
)
def test_only_less_is_given_colours(tmp_path: Path, pager: str, says: str, colours: bool) -> None:
    for name in ("less", "most"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (tmp_path / name).chmod(0o755)
    environment = {"PAGER": pager, "PATH": str(tmp_path)}
    look = PageLook(80, color=True, links=True)
    assert paged(look, environment) == PageLook(80, color=colours)
    assert not paged(PageLook(80), environment).color


def test_html_is_kept_beside_the_progress(tmp_path: Path) -> None:
    (tmp_path / ".grade").mkdir()
    place = written("text", "echo.html", tmp_path)
    assert place == tmp_path / ".grade" / "pages" / "echo.html"
    assert place.read_text() == "text"


def test_html_follows_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".grade").symlink_to("elsewhere")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    place = written("text", "echo.html", tmp_path)
    assert place.is_relative_to(tmp_path / "temporary")
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_pipe_has_no_pager(capsys: pytest.CaptureFixture[str]) -> None:
    reading.show_page(PAGE * 4, reading.look_here(no_color=False))
    assert capsys.readouterr().out.count("A title\n") == 4
