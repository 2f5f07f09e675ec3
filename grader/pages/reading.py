"""How a page is read here: in the learner's language, on a terminal with a pager, in a pipe."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from grader.course.page_languages import LANGUAGES, in_language, language_of
from grader.pages.terminal import PageLook, page_lines
from grader.text.layout import counted
from grader.text.style import encodes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FOLDERS: Final = ("", "app", "src")
_MOST_NAMES: Final = 1000
_PATIENCE_S: Final = 5.0
_KNOW_LINKS: Final = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"})
_VTE: Final = 5000  # the first version of GNOME's terminal with links


def language_in(directory: Path) -> str | None:
    """The language of the program in a directory, if it is in one."""
    names: list[str] = []
    for folder in _FOLDERS:
        try:
            with os.scandir(directory / folder) as entries:
                names += [entry.name for entry, _ in zip(entries, range(_MOST_NAMES), strict=False)]
        except OSError:  # there is no such folder
            continue
    return language_of(names)


def page_in(page: str, language: str | None, slug: str) -> str:
    """The page for a learner of this language. Its end says that something is left out, and how to
    see it."""
    text, left_out = in_language(page, language)
    if not left_out or language is None:
        return text
    name = LANGUAGES[language].names[0]
    are = "is" if left_out == 1 else "are"
    return (
        f"{text}\n---\n\nThis page is for {name}: {counted(left_out, 'paragraph')} about other"
        f" languages {are} left out. All of it:\n\n```sh\ngrade show {slug} --language all\n```\n"
    )


def knows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that shows links (OSC 8). A multiplexer between may not."""
    kind = environment.get("TERM", "")
    if kind in ("", "dumb") or kind.startswith(("tmux", "screen")) or "TMUX" in environment:
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _KNOW_LINKS
        or (vte.isdecimal() and int(vte) >= _VTE)
        or bool({"KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"} & set(environment))
        or kind.startswith(("foot", "alacritty"))
    )


def look_here(*, no_color: bool) -> PageLook:
    """How a page looks on our standard output: without escapes unless it is a terminal."""
    encoding = sys.stdout.encoding or "utf-8"
    encoding = encoding if encodes(encoding, "") else "ascii"
    if not sys.stdout.isatty():
        return PageLook(encoding=encoding)
    plain = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size().columns
    return PageLook(width, not plain, knows_links(os.environ), encoding)


def show_page(page: str, look: PageLook) -> None:
    """Print the page, through the user's pager where the terminal is lower than it."""
    lines = page_lines(page, look)
    if sys.stdout.isatty() and len(lines) >= shutil.get_terminal_size().lines:
        click.echo_via_pager("\n".join(page_lines(page, paged(look, os.environ))))
    else:
        click.echo("\n".join(lines))


def paged(look: PageLook, environment: Mapping[str, str]) -> PageLook:
    """How a page looks in the pager: links are addresses, because few pagers know the others."""
    return replace(look, color=look.color and _shows_colours(environment), links=False)


def _shows_colours(environment: Mapping[str, str]) -> bool:
    """Whether the pager is `less`, which click asks for colours. A smaller program of that name may
    not have them; it does not know its version either."""
    pager = environment.get("PAGER", "").split()[:1] or ["less"]
    program = shutil.which(pager[0], path=environment.get("PATH"))
    if program is None or PurePath(program).name != "less":
        return False
    try:
        asked = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=_PATIENCE_S,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.stdout.startswith(b"less ")
