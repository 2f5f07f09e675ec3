"""Owns how a page is read: its text as it is shown, and its elements. Pure.

By the parser of the standard library, which the grader needs anyway. It has no tree and repairs
nothing, as a browser would; what is judged by it is made by servers, from small templates.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_HIDDEN: Final = frozenset({"head", "script", "style", "title", "template"})
_IN_HEAD: Final = frozenset(
    {"base", "link", "meta", "noscript", "script", "style", "template", "title"}
)
_VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    }
)  # fmt: skip


class Element(Value, frozen=True):
    """An element of a page: its name in lower case, its attributes, and all text in it."""

    name: str
    attributes: Mapping[str, str]
    text: str


class HtmlDocument(Value, frozen=True):
    """A page as a client reads it.

    text: what is shown, white space as one space, as on the screen. elements: all, in their order.

    >>> page = HtmlDocument.of("<p id=a>1 &lt; <b>2</b></p>")
    >>> page.text, [element.name for element in page.elements], page.elements[0].attributes
    ('1 < 2', ['p', 'b'], {'id': 'a'})
    """

    text: str
    elements: tuple[Element, ...]

    @classmethod
    def of(cls, source: str) -> HtmlDocument:
        reader = _Reader()
        reader.feed(source)
        reader.close()
        return cls(_spaced(reader.shown), tuple(one.element() for one in reader.begun))

    def named(self, name: str) -> tuple[Element, ...]:
        """The elements of this name."""
        return tuple(element for element in self.elements if element.name == name)


class _Begun:
    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name, self.attributes, self.texts = name, attributes, list[str]()

    def element(self) -> Element:
        return Element(self.name, self.attributes, _spaced(self.texts))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.begun, self.shown = list[_Begun](), list[str]()
        self._open = list[_Begun]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _IN_HEAD:
            self._end_head()
        begun = _Begun(tag, {name: value or "" for name, value in attrs})
        self.begun.append(begun)
        if tag not in _VOID:
            self._open.append(begun)

    def handle_endtag(self, tag: str) -> None:
        while any(one.name == tag for one in self._open):
            if self._open.pop().name == tag:
                break

    def _end_head(self) -> None:
        """Its end tag may be left out: it ends where something begins that cannot be in it."""
        if self._open and self._open[-1].name == "head":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._end_head()
        for one in self._open:
            one.texts.append(data)
        if not any(one.name in _HIDDEN for one in self._open):
            self.shown.append(data)


def _spaced(texts: list[str]) -> str:
    return " ".join("".join(texts).split())
