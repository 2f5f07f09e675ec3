"""Owns HTTP/1.1 as a client sees it, without IO: requests to bytes, bytes to answers."""

from grader.http1.wire.fields import Header, members
from grader.http1.wire.framing import Framing
from grader.http1.wire.inbox import ReadLimits
from grader.http1.wire.leftover import explain_leftover
from grader.http1.wire.malformed import Incomplete, Malformed
from grader.http1.wire.progress import ReadPart, ReadProgress
from grader.http1.wire.reader import ResponseReader, reader_of
from grader.http1.wire.request import Request, RequestLine, request_line
from grader.http1.wire.response import Response
from grader.http1.wire.whole import are_whole, whole_requests

__all__ = [
    "Framing",
    "Header",
    "Incomplete",
    "Malformed",
    "ReadLimits",
    "ReadPart",
    "ReadProgress",
    "Request",
    "RequestLine",
    "Response",
    "ResponseReader",
    "are_whole",
    "explain_leftover",
    "members",
    "reader_of",
    "request_line",
    "whole_requests",
]
