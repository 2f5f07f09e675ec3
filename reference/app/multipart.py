r"""Uploads: a form whose body is in parts, each with a head of its own (RFC 7578, RFC 2046 5.1).

    POST /upload HTTP/1.1\r\n
    Content-Type: multipart/form-data; boundary=XYZ\r\n
    Content-Length: 170\r\n
    \r\n
    --XYZ\r\n
    Content-Disposition: form-data; name="tree"\r\n
    \r\n
    fig\r\n
    --XYZ\r\n
    Content-Disposition: form-data; name="photo"; filename="fig.jpg"\r\n
    Content-Type: image/jpeg\r\n
    \r\n
    (the bytes of the file)\r\n
    --XYZ--\r\n

The client chooses a boundary that is in none of the parts. It ends a part only where it stands
alone on its line, and the CRLF before it belongs to the boundary, not to the part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..http1.messages import HTTPError, Request
from .inputs import check_media_type

MOST_PARTS: Final = 1000
# RFC 9110 5.6.6: `; name=value`, or with the value in quotes.
PARAMETER: Final = re.compile(r';[ \t]*([^\s=;"]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')
# What browsers do not leave in a quoted name (HTML, 4.10.22.8); curl may write the quote as \".
ESCAPED: Final = {"%22": '"', "%0D": "\r", "%0A": "\n", '\\"': '"', "\\\\": "\\"}
ESCAPES: Final = re.compile("|".join(map(re.escape, ESCAPED)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the form. It is a file if it has a file name, even an empty one."""

    name: str
    content: bytes
    filename: str | None = None
    media_type: str = ""


def parts(request: Request) -> list[Part]:
    """The parts of an upload. Raises HTTPError: 415 for another media type, 400 for a body that is
    not made of parts, 413 for too many of them."""
    check_media_type(request, "multipart/form-data")
    boundary = parameters(request.headers.get("Content-Type")).get("boundary")
    if not boundary:
        raise HTTPError(400, "multipart/form-data needs a boundary (RFC 2046 5.1.1)")
    return [_part(text) for text in _between(boundary.encode("latin-1"), request.body)]


def _between(boundary: bytes, body: bytes) -> Iterator[bytes]:
    """What is between the boundaries, from the first to the one that ends in `--`."""
    delimiter = re.compile(rb"\r\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r\n|\Z)")
    # The first one may begin the body, and two of them share a CRLF where a part is empty. So each
    # search begins with a CRLF: that of the line before.
    body, begin = b"\r\n" + body, None
    position = number = 0
    while found := delimiter.search(body, position):
        if begin is not None:
            yield body[begin : found.start()]
        if found[1]:
            return
        begin, position, number = found.end(), found.end() - len(b"\r\n"), number + 1
        if number > MOST_PARTS:
            raise HTTPError(413, f"this server takes uploads of up to {MOST_PARTS} parts")
    raise HTTPError(400, "the upload does not end with its boundary and -- (RFC 2046 5.1.1)")


def _part(text: bytes) -> Part:
    head, end, content = text.partition(b"\r\n\r\n")
    if not end:
        raise HTTPError(400, "a part of the upload has no empty line after its head")
    headers = _headers(head.decode("utf-8", "replace"))
    disposition = headers.get("content-disposition", "")
    named = parameters(disposition)
    if not disposition.lower().startswith("form-data") or "name" not in named:
        raise HTTPError(400, "a part of an upload needs a name (RFC 7578 4.2)")
    media_type = headers.get("content-type", "")
    return Part(named["name"], content, named.get("filename"), media_type)


def _headers(head: str) -> dict[str, str]:
    """The fields of a part by their names in lower case. They are UTF-8, unlike those of HTTP."""
    lines = (line.partition(":") for line in head.split("\r\n"))
    return {name.lower(): value.strip(" \t") for name, _, value in lines}


def parameters(value: str) -> dict[str, str]:
    """The parameters of a field's value by their names in lower case.

    >>> parameters('form-data; name=tree; filename="a %22b%22.txt"')
    {'name': 'tree', 'filename': 'a "b".txt'}
    """
    return {
        name.lower(): ESCAPES.sub(lambda escape: ESCAPED[escape[0].upper()], quoted) or plain
        for name, quoted, plain in PARAMETER.findall(value)
    }
