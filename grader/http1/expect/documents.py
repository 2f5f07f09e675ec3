"""Judgements on pages: by their text and structure, never by their source."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, status
from grader.http1.expect.headers import media_type
from grader.http1.html_document import HtmlDocument

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
            _how_it_is_shown(page, text),
            expected=f"a page that shows {text}",
            actual=decoded(response),
            hint=hint,
        )


def _how_it_is_shown(page: HtmlDocument, text: str) -> str:
    source = HtmlDocument.of(text)
    if source.text and source.text != text and source.text in page.text:
        return (
            f"The text was not escaped: the client reads it as HTML, and shows {source.text!r}"
            f" instead of {text!r}."
        )
    again = HtmlDocument.of(page.text).text
    if text in again:
        return f"The text was escaped twice: the client shows the escapes of {text!r}."
    return f"The page does not show {text!r}."


def _codec(response: Response) -> str:
    named = _CHARSET.search(response.header("Content-Type") or "")
    try:
        return codecs.lookup(named[1]).name if named else "utf-8"
    except LookupError:
        return "utf-8"
