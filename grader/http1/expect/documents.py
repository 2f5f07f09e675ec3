"""Judgements on pages: by their text and structure, never by their source."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, status
from grader.http1.expect.headers import media_type
from grader.http1.html_document import HtmlDocument
from grader.http1.json_difference import quoted

if TYPE_CHECKING:
    from grader.http1.wire import Response

_LONGEST: Final = 1 << 16
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def html_document(response: Response, *codes: int, hint: Hint | None = None) -> HtmlDocument:
    """The page that an answer is: its status is one of `codes` (200 where none is named), and its
    type text/html. It is decoded as Content-Type says, else as UTF-8."""
    status(response, *(codes or (200,)), hint=hint)
    media_type(response, "text/html", code=response.status)
    found = decoded(response)
    if len(found) > _LONGEST:
        raise Failure(
            Kind.MISMATCH,
            f"The page has {len(found):,} bytes: more than the 65,536 that are read here.",
            expected="a short page",
            actual=response.head,
        )
    return HtmlDocument.of(found.decode(_codec(response), "replace"))


def shows(response: Response, page: HtmlDocument, text: str, hint: Hint | None = None) -> None:
    """The text of a page, as it is shown, contains `text`: what is in it came escaped."""
    if text not in page.text:
        raise Failure(
            Kind.MISMATCH,
            _how_it_is_shown(page, decoded(response).decode(_codec(response), "replace"), text),
            expected=f"a page that shows {text}",
            actual=decoded(response),
            hint=hint,
        )


def _how_it_is_shown(page: HtmlDocument, source: str, text: str) -> str:
    as_html = HtmlDocument.of(text).text
    if text in source and as_html != text:
        shown = f", and shows {quoted(as_html)}" if as_html in page.text and as_html else ""
        return f"{quoted(text)} was not escaped: the client reads it as HTML{shown}."
    if text in HtmlDocument.of(page.text).text:
        return f"The text was escaped twice: the client shows the escapes of {quoted(text)}."
    if text in source:
        return f"{quoted(text)} is in the source of the page, but not in the text that is shown."
    return f"The page does not show {quoted(text)}."


def _codec(response: Response) -> str:
    named = _CHARSET.search(response.header("Content-Type") or "")
    try:
        return codecs.lookup(named[1]).name if named else "utf-8"
    except LookupError:
        return "utf-8"
