r"""Range requests: the client wants some of the bytes, to go on with a download or to jump in a
film (RFC 9110 14).

    GET /film.mp4 HTTP/1.1\r\n                 HTTP/1.1 206 Partial Content\r\n
    Host: localhost:4221\r\n                   Content-Range: bytes 0-99/5000\r\n
    Range: bytes=0-99\r\n                      Content-Length: 100\r\n

Both ends of a range count from 0 and belong to it: `0-99` is a hundred bytes. A server may ignore
Range at any time and send the whole with 200. So whatever is odd gets that answer here.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import Handler, HTTPError, Request, Response

# RFC 9110 14.1.1: first-last, first- (to the end), or -length (so many at the end). No file has a
# size of more than 19 digits.
SPECIFIER: Final = re.compile(r"([0-9]{1,19})-([0-9]{0,19})|-([0-9]{1,19})")


def ranges(handler: Handler, request: Request) -> Response:
    """Middleware: answer with the parts that a Range asks for instead of a whole 200.

    206 with the part or the parts; 416 when the file ends before any of them. Only GET has ranges
    (RFC 9110 14.2).
    """
    response = handler(request)
    if response.status != 200:
        return response
    response = response.with_header("Accept-Ranges", "bytes")
    if request.method != "GET" or not is_same_version(
        request.headers.get("If-Range"), response.headers
    ):
        return response
    size = len(response.body)
    parts = requested(request.headers.get("Range"), size)
    if parts is None:
        return response
    if not parts:
        # RFC 9110 15.5.17: how long it is, so that the client can ask better.
        whole = Headers({"Content-Range": f"bytes */{size}"})
        raise HTTPError(416, f"there are only {size} bytes", whole)
    return one_part(response, parts[0]) if len(parts) == 1 else several_parts(response, parts)


def is_same_version(if_range: str, validators: Headers) -> bool:
    """Whether a part still fits to what the client has of the file (RFC 9110 13.1.5).

    The comparison is strong: a weak tag means "nearly the same", and parts of two files that are
    nearly the same do not fit together. A date has to be the very date that was sent.
    """
    if not if_range:
        return True
    current = (validators.get("ETag"), validators.get("Last-Modified"))
    return if_range in current and not if_range.startswith("W/")


def requested(value: str, size: int) -> list[range] | None:
    """The offsets that a Range asks for of so many bytes, as far as these go (RFC 9110 14.1.2).

    An empty list: it asks only for what lies behind the end. None: ignore it, for it is malformed,
    of another unit, or asks for more than all bytes together, which only wastes them (RFC 9110
    17.15).
    """
    unit, _, specifiers = value.partition("=")
    members = [member.strip(" \t") for member in specifiers.split(",")]
    found = [SPECIFIER.fullmatch(member) for member in members if member]
    if unit.lower() != "bytes" or not found or not size:
        return None
    parts = []
    for match in found:
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            return None
        if part := _offsets(match, size):
            parts.append(part)
    return parts if sum(map(len, parts)) <= size else None


def _offsets(match: re.Match[str], size: int) -> range:
    first, last, length = match.groups()
    if length:
        return range(max(0, size - int(length)), size)
    return range(int(first), min(int(last) + 1, size) if last else size)


def one_part(response: Response, part: range) -> Response:
    """A 206 with the bytes of one range."""
    said = content_range(part, len(response.body))
    cut = response.body[part.start : part.stop]
    return replace(response, status=206, body=cut).with_header("Content-Range", said)


def several_parts(response: Response, parts: Sequence[range]) -> Response:
    """A 206 with several ranges, each with a head of its own: multipart/byteranges (RFC 9110
    14.6)."""
    boundary = os.urandom(16).hex()  # what cannot be foreseen is not in the file
    pieces = []
    for part in parts:
        said = content_range(part, len(response.body))
        head = f"--{boundary}\r\nContent-Type: {_media_type(response)}\r\nContent-Range: {said}"
        pieces += [head.encode("latin-1"), b"\r\n\r\n", response.body[part.start : part.stop]]
        pieces.append(b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return replace(response, status=206, body=b"".join(pieces)).with_header(
        "Content-Type", f"multipart/byteranges; boundary={boundary}"
    )


def content_range(part: range, size: int) -> str:
    """The value of Content-Range: its last byte belongs to the part (RFC 9110 14.4)."""
    return f"bytes {part.start}-{part.stop - 1}/{size}"


def _media_type(response: Response) -> str:
    return response.headers.get("Content-Type", "application/octet-stream")
