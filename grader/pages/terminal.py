"""A page as lines for a terminal, a pager or a pipe: wrapped, with headings, tables, code, links.

rich does it. It is loaded here and nowhere else: it takes as long as the rest of a command.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import Console
from rich.markdown import CodeBlock, Heading, Markdown, TableElement
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from grader.pages.tokens import tokens_of
from grader.value import Value

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderResult
    from rich.markdown import MarkdownElement

WIDEST: Final = 100  # longer lines of prose are hard to read
_THEME: Final = {"markdown.code": "cyan"} | dict.fromkeys(
    ["markdown.h1", "markdown.h2", "markdown.h3"], "bold"
)
_PLAIN: Final = str.maketrans({"•": "*", "▌": "|", "…": "."})


class PageLook(Value, frozen=True):
    """width: of the lines, in columns. color: whether to paint. links: whether the terminal knows
    links (OSC 8); otherwise their addresses are written. encoding: of what is written to."""

    width: int = 80
    color: bool = False
    links: bool = False
    encoding: str = "utf-8"


class _Title(Heading):
    """A heading from the margin; a line below says which rank it has, where there is no colour."""

    LINES: ClassVar = {"h1": "=", "h2": "-"}

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        yield self.text
        if mark := self.LINES.get(self.tag):
            yield Text(mark * self.text.cell_len, style="dim")


class _Code(CodeBlock):
    """Code as it is: a line that is wrapped cannot be copied, so long ones are left to the
    terminal."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Syntax("", self.lexer_name, theme="ansi_dark").highlight(str(self.text).rstrip())
        code.rstrip()
        whole = options.max_width == console.width  # in a list, rich would cut it off
        for line in code.split("\n", allow_blank=True):
            if whole:
                yield Text("  ", no_wrap=True, overflow="ignore").append_text(line)
            else:
                yield Text(overflow="fold").append_text(line)


class _Table(TableElement):
    """A table without empty lines of its own around it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            assert isinstance(table, Table)
            table.show_edge = False
            yield table


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Title,
        "fence": _Code,
        "code_block": _Code,
        "table_open": _Table,
    }


def page_lines(page: str, look: PageLook) -> list[str]:
    """The page in lines without their ends. Nothing in its text becomes an escape."""
    shown = _Page("", hyperlinks=look.links and look.color)
    shown.parsed = tokens_of(page, ticks=not look.color)
    stream = io.TextIOWrapper(io.BytesIO(), look.encoding, "backslashreplace", newline="\n")
    console = Console(
        file=stream, width=min(look.width, WIDEST), height=1000, legacy_windows=False,
        force_terminal=look.color, color_system="standard" if look.color else None,
        no_color=not look.color, highlight=False, emoji=False, markup=False, theme=Theme(_THEME),
    )  # fmt: skip
    with console.capture() as captured:
        console.print(shown, crop=False)
    text = captured.get()
    if console.options.ascii_only:
        text = text.translate(_PLAIN)
    text = text.encode(look.encoding, "backslashreplace").decode(look.encoding)
    return [line.rstrip() for line in text.rstrip("\n").split("\n")]
