"""Owns where the page leads: each section of an RFC that a line names. Pure."""

from __future__ import annotations

import re

from grader.value import Value

_RFC = re.compile(r"(RFC (\d{1,5})(?: (\d{1,3}(?:\.\d{1,3})*))?)")
_RFC_PAGE = "https://www.rfc-editor.org/rfc/rfc"


class LinkedText(Value, frozen=True):
    """A piece of a line, and where it leads; "" for nowhere."""

    text: str
    url: str = ""


def linked(text: str) -> tuple[LinkedText, ...]:
    """A line, with each section of an RFC as a link to it.

    >>> [piece.url for piece in linked("echo/one (RFC 9110 8.6)")]
    ['', 'https://www.rfc-editor.org/rfc/rfc9110#section-8.6', '']
    """
    pieces, end = [], 0
    for found in _RFC.finditer(text):
        section = f"#section-{found[3]}" if found[3] else ""
        pieces += [
            LinkedText(text[end : found.start()]),
            LinkedText(found[1], f"{_RFC_PAGE}{found[2]}{section}"),
        ]
        end = found.end()
    return tuple(piece for piece in (*pieces, LinkedText(text[end:])) if piece.text)
