"""A page as the tokens of its Markdown, safe to be shown: no control, no markup of its own, no link
but to the web. Pure.

A page may come from a course that nobody here has written. Whatever its text says is made printable
after it is parsed, because `&#27;` is an escape, too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

_WEB: Final = ("http://", "https://")
_MARKUP: Final = frozenset({"html_block", "html_inline"})  # comments above all
_LINK: Final = frozenset({"link_open", "link_close"})


def parser() -> MarkdownIt:
    """Markdown as GitHub has it, as far as pages use it: CommonMark with tables."""
    return MarkdownIt("commonmark").enable("table")


def tokens_of(page: str, *, ticks: bool = False) -> list[Token]:
    """The page's tokens, none of which steers a terminal or a browser. ticks: leave the backticks
    around code in a sentence, where nothing else marks it."""
    tokens = [*_safe(parser().parse(page))]
    for code in _inline_code(tokens) if ticks else ():
        code.content = f"`{code.content}`"
    return tokens


def _inline_code(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "code_inline")


def _safe(tokens: Iterable[Token]) -> Iterator[Token]:
    web = [False]  # for each link that is open, whether it is kept
    for token in tokens:
        if token.type in _MARKUP:
            continue
        if token.type == "link_open":
            web.append(str(token.attrs.get("href", "")).startswith(_WEB))
        kept = web[-1]
        if token.type == "link_close":
            web.pop()
        if token.type not in _LINK or kept:
            yield _shown(token)


def _shown(token: Token) -> Token:
    safe = replace(
        token,
        content=printable(token.content, keep="\n\t"),
        info=printable(token.info),
        markup=printable(token.markup),
        attrs={
            name: printable(value) if isinstance(value, str) else value
            for name, value in token.attrs.items()
        },
    )
    if token.type == "image":  # what is said in place of it: a page loads nothing
        return replace(safe, type="text", tag="", attrs={}, children=None)
    children = None if token.children is None else [*_safe(token.children)]
    return replace(safe, children=children)
