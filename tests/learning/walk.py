"""A learner's way from an empty directory to stage 3, in a terminal of tmux: its screens.

    python -m tests.learning.walk --to DIR [--language python] [--size 80x24]

It types what the learner types, saves what the learner saves, and writes each screen as it stands
when the learner would read it.
"""

from __future__ import annotations

import argparse
import os
import re
import select
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.learning.walk_edits import WALKS, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("80x24", "120x40")
PATIENCE_S = 120
KEYS = "q quit"
PROMPT = re.compile(r"[$#] \Z")


class Screen:
    """A terminal of tmux with a shell in it, and the screens that were kept."""

    def __init__(self, socket: str, output: int, place: Path) -> None:
        self._socket = socket
        self._output = output
        self._place = place
        self.kept: list[str] = []

    def type(self, *keys: str) -> None:
        self._tmux("send-keys", "-t", "walk", *keys)

    def text(self) -> str:
        """What stands on the screen now."""
        return self._tmux("capture-pane", "-p", "-t", "walk")

    def keep(self, title: str, *until: str) -> None:
        """Wait for these words, one after the other, and keep the screen. Words may be wrapped."""
        phrases = (r"\s+".join(map(re.escape, words.split())) for words in until)
        self.wait_for(re.compile(".*?".join(phrases), re.DOTALL))
        text = self.text().rstrip().replace(str(self._place), "~/my_server")
        self.kept.append(f"--- {title} ---\n{text}\n")

    def wait_for(self, wanted: re.Pattern[str]) -> None:
        """Look again whenever something was written."""
        deadline = time.monotonic() + PATIENCE_S
        seen = ""
        while not wanted.search(seen):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._output], [], [], left)[0]:
                raise TimeoutError(f"{wanted.pattern} never came:\n{self.text()}")
            seen += os.read(self._output, 1 << 16).decode("utf-8", "replace")
            seen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>].?|[\r\x0f]", "", seen)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def screen(size: str, place: Path, temporary: Path) -> Iterator[Screen]:
    """A shell in `place`, in a terminal of this size."""
    columns, rows = size.split("x")
    socket, pipe = f"walk-{os.getpid()}", temporary / "output"
    os.mkfifo(pipe)
    environment = {
        **os.environ, "PS1": "$ ", "ENV": "", "TERM": "xterm-256color",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip
    tmux = ["tmux", "-f", "/dev/null", "-L", socket]
    subprocess.run(
        [*tmux, "new-session", "-d", "-s", "walk", "-x", columns, "-y", rows, "sh"],
        cwd=place, env=environment, check=True,
    )  # fmt: skip
    output = os.open(pipe, os.O_RDWR)
    try:
        subprocess.run([*tmux, "pipe-pane", "-t", "walk", f"exec cat > {pipe}"], check=True)
        yield Screen(socket, output, place)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
        os.close(output)


def walk(language: str, size: str) -> list[str]:
    """The screens of one learner, each with its title."""
    steps = WALKS[language]
    with tempfile.TemporaryDirectory() as temporary:
        (place := Path(temporary) / "my_server").mkdir()

        def save(edit: Edit) -> None:
            text = (place / steps.program).read_text()
            assert edit.old in text
            changed = text.replace(edit.old, edit.new)
            if language == "c" and "str" in edit.new and "<string.h>" not in changed:
                changed = changed.replace("#include <sys", "#include <string.h>\n#include <sys", 1)
            (place / steps.program).write_text(changed)

        with screen(size, place, Path(temporary)) as shown:
            shown.type(f"clear; grade init --language {language}", "Enter")
            shown.keep("grade init", "grade show 2")
            shown.type("clear; grade watch", "Enter")
            shown.keep("grade watch: stage 1 passes", "PASSED", KEYS)
            shown.type("n")
            shown.keep("n: stage 2 is not answered", "FAILED at stage 2", KEYS)
            shown.type("h")
            shown.keep("h: the first hint", "ok/answers_200: ")
            shown.type("n")
            shown.keep("n: not before it passes", "has not passed")
            save(steps.broken)
            shown.keep("a save that does not start", "changed: checking", KEYS)
            save(steps.naive)
            shown.keep("a save that answers too early", "changed: checking", KEYS)
            shown.type("h")
            shown.keep("h: what the note means", "ok/waits_for_the_empty_line")
            shown.type("f")
            shown.keep("f: all of it", "f fold", KEYS)
            shown.type("f")
            save(steps.right)
            shown.keep("a save that is right", "changed: checking", "PASSED", KEYS)
            shown.type("Space")
            shown.keep("space: the page", "Answer 200 OK", "The idea")
            shown.type("q")
            shown.keep("back from the page", KEYS)
            shown.type("n")
            shown.keep("n: stage 3 fails", "FAILED at stage 3", KEYS)
            save(steps.by_path)
            shown.keep("a save that is right for stage 3", "PASSED", KEYS)
            shown.type("l")
            shown.keep("l: the course", "Go to stage")
            shown.type("q")
            shown.wait_for(PROMPT)
            shown.type("clear; grade status", "Enter")
            shown.keep("grade status", "Next:")
            return shown.kept


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the screens of a learner's first stages.")
    parser.add_argument("--to", type=Path, required=True, help="a directory for the screens")
    parser.add_argument("--language", choices=list(WALKS), action="append")
    parser.add_argument("--size", choices=SIZES, action="append")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    for language in asked.language or WALKS:
        for size in asked.size or SIZES:
            text = "\n".join(walk(language, size))
            (asked.to / f"{language}-{size}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
