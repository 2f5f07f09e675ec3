"""Makes docs/grade.svg, the README's picture: what a real run of `grade` writes, as text."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pexpect

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PICTURE = Path(__file__).with_name("grade.svg")
ARGUMENTS = ["--hint", "--stage", "headers", "--seed", "2026", "examples/stuck_at_headers"]
SHOWN = " ".join(["grade", *ARGUMENTS])

CELL, LINE, MARGIN, BAR = 8.4, 19, 20, 34
COLOURS = {"31": "#ff7b72", "32": "#56d364", "33": "#e3b341", "35": "#d2a8ff", "36": "#76e3ea"}
PLAIN, GROUND = "#d7dde4", "#0d1117"
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
STEER = re.compile(r"\x1b\[([0-9;]*)m")
Span = tuple[int, str, str, bool]


def recorded() -> list[str]:
    """The lines that stay in the terminal when the run has ended."""
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8"}
    program = pexpect.spawn(
        sys.executable, ["-m", "grader", *ARGUMENTS], cwd=ROOT, env=environment, encoding="utf-8"
    )
    run = program.read()
    program.close()
    # A line that was replaced in place begins anew behind each "erase to the end of the line".
    return [
        line.rpartition("\x1b[K")[2] for line in run.replace("\r\n", "\n").rstrip("\n").split("\n")
    ]


def spans(line: str) -> Iterator[Span]:
    """The line's pieces of one colour each: column, text, colour, bold."""
    column, colour, bold = 0, PLAIN, False
    for number, piece in enumerate(STEER.split(line)):
        if number % 2 == 0:
            if piece.strip():
                yield column, piece, colour, bold
            column += len(piece)
            continue
        for code in piece.split(";"):
            if code in ("", "0"):
                colour, bold = PLAIN, False
            bold = bold or code == "1"
            colour = COLOURS.get(code, colour)


def drawn(line: str, y: int) -> Iterator[str]:
    """A line as SVG. Every word has its own place, so that columns stand in any font."""
    for start, text, colour, bold in spans(line):
        for word in re.finditer(r"\S+(?: \S+)*", text):
            x, width = MARGIN + CELL * (start + word.start()), CELL * len(word[0])
            weight = ' font-weight="bold"' if bold else ""
            yield (
                f'<text x="{x:.1f}" y="{y}" fill="{colour}"{weight} textLength="{width:.1f}" '
                f'lengthAdjust="spacingAndGlyphs">{escape(word[0])}</text>'
            )


def picture(lines: list[str]) -> str:
    """The whole terminal window as SVG."""
    columns = max(len(STEER.sub("", line)) for line in lines)
    width, height = round(columns * CELL + 2 * MARGIN), BAR + LINE * len(lines) + MARGIN
    dots = "".join(
        f'<circle cx="{MARGIN + 18 * n}" cy="18" r="5.5" fill="#30363d"/>' for n in range(3)
    )
    rows = [
        row
        for number, line in enumerate(lines)
        for row in drawn(line, BAR + LINE * (number + 1) - 5)
    ]
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
                f' width="{width}" height="{height}"'
            ),
            f'  font-family="{FONTS}" font-size="14">',
            f"<title>{escape(SHOWN)}</title>",
            f'<rect width="{width}" height="{height}" rx="8" fill="{GROUND}" stroke="#30363d"/>',
            dots,
            *rows,
            "</svg>\n",
        ]
    )


def main() -> None:
    """Run, draw, write."""
    lines = recorded()
    if not any("FAILED" in line for line in lines):
        sys.exit("\n".join(["this run is not the one to show:", *lines]))
    PICTURE.write_text(picture([f"$ {SHOWN}", "", *lines]), encoding="utf-8")


if __name__ == "__main__":
    main()
