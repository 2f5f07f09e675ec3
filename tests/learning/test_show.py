"""`grade show` on a terminal: the pager, the browser, and the language of the program here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pexpect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learning.desk import Desk


def _script(path: Path, line: str) -> str:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)


def test_a_long_page_is_shown_by_the_pager(desk: Desk) -> None:
    """One that nobody knows gets no escapes."""
    desk.server()
    pager = _script(desk.place / "pager", "printf 'PAGED\\n'; cat; printf 'TO THE END\\n'")
    child = desk.terminal("show", "files", PAGER=pager)
    child.expect_exact("PAGED")
    child.expect_exact("TO THE END")
    page = child.before
    child.expect(pexpect.EOF)
    assert "\x1b" not in page
    assert 'Python: open files in binary mode, `"rb"`' in page
    assert "Node: give" not in page
    assert "grade show files --language all" in page


def test_html_is_opened_where_somebody_looks(desk: Desk) -> None:
    (desk.place / ".grade").mkdir()
    browser = _script(desk.place / "browser", 'echo "OPENED $1"')
    child = desk.terminal("show", "echo", "--html", BROWSER=browser)
    child.expect_exact(f"{desk.place}/.grade/pages/echo.html")
    child.expect_exact(f"OPENED file://{desk.place}/.grade/pages/echo.html")
    child.expect(pexpect.EOF)
    assert "OPENED" not in desk.grade("show", "echo", "--html", expect=0, BROWSER=browser).said
