"""Owns the explanation of bytes that follow the end of an answer and belong to none."""

from grader.http1.wire.framing import Framing
from grader.http1.wire.malformed import Malformed, Rule
from grader.http1.wire.response import Response
from grader.http1.wire.rules import end
from grader.text.layout import counted

_TO_HEAD = "The answer to a HEAD request"
_BODILESS = frozenset({101, 204, 304})


def explain_leftover(response: Response, rest: bytes | bytearray) -> Malformed:
    """Return (not raise) why `rest`, which is not empty, came after the end of `response`.

    The offset of the error is the end of the response, its message the response and the rest.
    """
    rest = bytes(rest)
    rule = _rule(response, rest)
    return Malformed(
        rule,
        message=response.raw + rest,
        offset=len(response.raw),
        start=response.start,
        rest=rest,
        # The sentence on characters is about the whole body, the others about what is too much.
        size=len(rest) + (len(response.body) if rule is end.LENGTH_IN_CHARACTERS else 0),
        declared=len(response.body),
        extra=counted(len(rest), "byte"),
        why=_why_bodiless(response.status),
    )


def _why_bodiless(status: int) -> str:
    return f"An answer with status {status}" if status in _BODILESS else _TO_HEAD


def _rule(response: Response, rest: bytes) -> Rule:
    """Return the most telling reason."""
    if rest.startswith(b"HTTP/"):
        return end.UNASKED_ANSWER
    if response.framing is Framing.LENGTH and response.body.startswith(b"\r\n") and len(rest) <= 2:
        return end.SECOND_BLANK_LINE
    if not rest.strip(b"\r\n"):
        return end.EXTRA_BLANK
    if response.framing is Framing.NONE:
        return end.BODY_NOT_ALLOWED
    if response.framing is Framing.CHUNKED:
        return end.AFTER_LAST_CHUNK
    return end.LENGTH_IN_CHARACTERS if _counts_characters(response, rest) else end.LENGTH_TOO_SMALL


def _counts_characters(response: Response, rest: bytes) -> bool:
    """Tell whether body and rest are UTF-8 of as many characters as Content-Length says."""
    try:
        text = (response.body + rest).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) == len(response.body)
