"""Owns HTTP/1.1 as a client sees it, without IO: requests to bytes, bytes to answers."""

from grader.wire.fields import Header
from grader.wire.framing import Framing
from grader.wire.inbox import ReadLimits
from grader.wire.leftover import explain_leftover
from grader.wire.malformed import Incomplete, Malformed
from grader.wire.progress import ReadPart, ReadProgress
from grader.wire.reader import ResponseReader, reader_of
from grader.wire.request import Request
from grader.wire.response import Response
from grader.wire.whole import are_whole

__all__ = [
    "Framing",
    "Header",
    "Incomplete",
    "Malformed",
    "ReadLimits",
    "ReadPart",
    "ReadProgress",
    "Request",
    "Response",
    "ResponseReader",
    "are_whole",
    "explain_leftover",
    "reader_of",
]
