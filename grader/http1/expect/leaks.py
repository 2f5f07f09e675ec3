"""Judgements on what an answer must keep to itself: what was raised, and where."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded

if TYPE_CHECKING:
    from grader.http1.session import Session
    from grader.http1.wire import Response

_SUFFIXES: Final = "py|m?js|cjs|ts|java|kt|scala|rb|php|go|rs|c|cc|cpp|cs|exs?|erl|hs|pl|swift"
_STACK: Final = re.compile(
    r"Traceback|Stack ?trace:|panicked at|goroutine \d+ \["
    rf"|\.(?:{_SUFFIXES})(?:\"?, line |:line |:|\(| on line )\d+"
)
"""What languages write of where an error was raised: the heading, or a file and a line."""


def keeps_to_itself(response: Response, word: str, hint: Hint | None = None) -> None:
    """Neither the head of an answer nor its body holds a word of the error that was raised."""
    for place, found in (("head", response.head), ("body", decoded(response))):
        if (at := found.find(word.encode())) >= 0:
            raise Failure(
                Kind.MISMATCH,
                f"The {place} of the {response.status} contains the message of the exception.",
                expected=f"an answer without {word}",
                actual=found,
                offset=at,
                hint=hint,
                says_all=True,
            )


def shows_no_stack_trace(response: Response, hint: Hint | None = None) -> None:
    """The body has no stack trace of any language, nor a part of one: a file and a line."""
    text = html.unescape(decoded(response).decode("utf-8", "replace"))
    if found := _STACK.search(text):
        raise Failure(
            Kind.MISMATCH,
            f"The body of the {response.status} contains a stack trace: {found[0]!r}.",
            expected="a body that says only that something went wrong",
            actual=decoded(response),
            hint=hint,
            says_all=True,
        )


def shows_no_path(session: Session, response: Response, hint: Hint | None = None) -> None:
    """The body does not name a file in the program's directory by its whole path."""
    text = html.unescape(decoded(response).decode("utf-8", "replace"))
    sources = session.server.program.sources
    for directory in sources.directories if sources is not None else ():
        if found := re.search(rf"{re.escape(str(directory))}/[\w./-]{{0,200}}\.\w{{1,10}}", text):
            raise Failure(
                Kind.MISMATCH,
                f"The body of the {response.status} contains the path of a file of your program:"
                f" {found[0].rpartition('/')[2]} and its directory.",
                expected="a body that says only that something went wrong",
                actual=f"the path of {found[0].rpartition('/')[2]} in the body",
                hint=hint,
                says_all=True,
            )
