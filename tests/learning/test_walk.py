"""The kept screens of docs/screens are those that a learner sees today."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.learning.walk import ROOT, walk

SCREENS = ROOT / "docs" / "screens"
VARIES = (
    (r"^\d\d:\d\d:\d\d ", "TIME "),
    (r"\d{4}-\d\d-\d\d", "DATE"),
    (r"seed \d+$", "seed N"),
    (r"after \d+\.\d+ s$", "after N s"),
    (r"GET /[a-z0-9]{6,} ", "GET /WORD "),
    # a program that closes at once, before or after it was sent something
    (r"Your server reset the", "Your server closed the"),
    (r"^     reset     by", "     closed    by"),
    (r"connection reset$", "end of connection"),
)
OF_THIS_MACHINE = re.compile(
    r"^ +by hand .*(?:\n(?! {2}|\n).*)*\n|^  isolation: .*\n(?:  .*\n)*", re.MULTILINE
)


def screens(text: str) -> dict[str, list[str]]:
    """The lines of each screen by its title, without what differs from run to run."""
    text = OF_THIS_MACHINE.sub("", text)
    for varies, fixed in VARIES:
        text = re.sub(varies, fixed, text, flags=re.MULTILINE)
    _, *parts = re.split(r"^--- (.+) ---\n", text, flags=re.MULTILINE)
    return {title: shown.split("\n") for title, shown in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not here")
@pytest.mark.parametrize(("language", "size"), [("python", "80x24")])
def test_the_kept_screens_are_what_is_printed_today(language: str, size: str) -> None:
    kept = screens((SCREENS / f"{language}-{size}.txt").read_text(encoding="utf-8"))
    today = screens("\n".join(walk(language, size)))
    assert list(today) == list(kept)
    for title, lines in today.items():
        # what is left of the run before scrolls out sooner or later: by what is left out above
        count = min(len(lines), len(kept[title]))
        assert lines[-count:] == kept[title][-count:], f"{title}: python -m tests.learning.walk"
