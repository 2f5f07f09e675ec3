"""Which requests a stage's checks cover, so that every server has to handle them alike. Pure.

What required checks cover is asked by default; what advice covers, of strict runs alone. Everything
else is free: of a request outside of this domain nothing is compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from .conversation import Ask

MOST_HEAD = 900  # bytes, before heads are taught: one recv of a beginner's server
MOST_HEAD_TAUGHT = 6000
TELLING = (
    "user-agent",
    "accept-encoding",
    "gzip",
    "content-length",
    "connection",
    "close",
    "keep-alive",
)
"""What a header may not mention beside the header that it is about: whoever searches the text is
advised not to."""

KNOWN_CODINGS = frozenset({"gzip", "deflate", "identity"})
OTHER_CODINGS = frozenset({"x-gzip", "br", "zstd", "compress", "x-compress", "dcb", "dcz", "*"})
"""Codings that a server may know, and the grader does not."""

REST_REFUSED = "*;q=0"
"""In Accept-Encoding: no coding that the list does not name. It has to name one, else 406 would be
right."""

_LINE = re.compile(r"[A-Za-z0-9-]+: [\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_ADVISED_LINE = re.compile(r"[A-Za-z0-9-]+:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff][\t ]*")
_TEXT = re.compile(r"/echo/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}")
_ADVISED_TEXT = re.compile(r"/echo/[A-Za-z0-9_~%+-][A-Za-z0-9._~%+/-]{0,399}")
_UNKNOWN = re.compile(r"(?!/(?:echo|user-agent|files))(?:/[a-z0-9-]+(?:\.html)?)+/?")
_ADVISED_UNKNOWN = re.compile(r"(?:/[A-Za-z0-9-]+(?:\.html)?)+/?")
_FILE = re.compile(r"/files/[a-z0-9]+(?:\.(?:txt|bin|dat))?")
_OUTSIDE = re.compile(r"/files/(?:x(?:/|%2[fF]))?(?:(?:\.|%2[eE]){2}(?:/|%2[fF]))+[a-z.]+")
_ADVISED_FILE = re.compile(r"/files/[a-z0-9]+(?:%20[a-z0-9]+)?(?:\.(?:txt|bin|dat))?")
_TOKEN = re.compile(r"[a-z0-9]+")
_ADVISED_TOKEN = re.compile(r"[A-Za-z0-9-]+(?:; ?q=(?:0(?:\.[0-9]{1,3})?|1(?:\.0{1,3})?))?")
_WELCOME = re.compile(r"(?:gzip|identity)(?!; ?q=0(?:\.0*)?$)(?:; ?q=[0-9.]+)?", re.IGNORECASE)


def is_covered(ask: Ask, taught: Collection[str], *, strict: bool) -> bool:
    """Whether the checks of these stages cover a request like this one, wherever it leads."""
    if ask.odd:
        return True  # its rule says what is compared
    lines = _covered_lines(ask, strict=strict) and _head_fits(ask, taught)
    wire = (
        ask.version == "HTTP/1.1"
        and not ask.blank_first
        and not ask.joined
        and all(cut >= 0 for cut in ask.cuts)
    )
    if not lines or not (wire or strict) or not _has_length(ask, strict=strict):
        return False
    return ask.target == "/" or _covered_target(ask, strict=strict)


def _covered_target(ask: Ask, *, strict: bool) -> bool:
    path, question, _ = ask.target.partition("?")
    if question:
        return strict and path == "/"
    if path.startswith("/echo/"):
        if strict:
            return _ADVISED_TEXT.fullmatch(path) is not None
        return _TEXT.fullmatch(path) is not None and _tells_nothing(path)
    if path == "/user-agent":
        return len(ask.values("User-Agent")) == 1 or (strict and not ask.values("User-Agent"))
    if path.startswith("/files/"):
        forms = (_ADVISED_FILE if strict else _FILE, _OUTSIDE)
        return any(form.fullmatch(path) for form in forms)
    return (_ADVISED_UNKNOWN if strict else _UNKNOWN).fullmatch(path) is not None


def _tells_nothing(text: str) -> bool:
    lowered = text.lower()
    return not any(word in lowered for word in TELLING)


def _has_length(ask: Ask, *, strict: bool) -> bool:
    """Whether the request says the length of its body in the way that is covered: GET says none."""
    lengths = [line for line in ask.lines if line.lower().startswith("content-length:")]
    if ask.method != "POST":
        return (
            not lengths and not ask.body and (ask.method == "GET" or (strict and ask.target == "/"))
        )
    wanted = f"Content-Length: {len(ask.body)}"
    return len(lengths) == 1 and (lengths[0].lower() if strict else lengths[0]) in (
        wanted,
        wanted.lower() * strict,
    )


def _head_fits(ask: Ask, taught: Collection[str]) -> bool:
    return len(ask.head("localhost:65535")) <= (
        MOST_HEAD_TAUGHT if "headers" in taught else MOST_HEAD
    )


def _covered_lines(ask: Ask, *, strict: bool) -> bool:
    names = [line.partition(":")[0].lower() for line in ask.lines]
    return len(set(names)) == len(names) and all(
        _covered_line(ask, line, strict=strict) for line in ask.lines
    )


def _covered_line(ask: Ask, line: str, *, strict: bool) -> bool:
    name, _, value = line.partition(":")
    lowered = name.lower()
    if not (_ADVISED_LINE if strict and lowered == "user-agent" else _LINE).fullmatch(line):
        return False
    if lowered == "accept-encoding":
        return _covered_list(ask, value.strip(), strict=strict)
    if lowered == "connection":
        return strict or line in ("Connection: close", "Connection: keep-alive")
    return lowered == "content-length" or strict or _tells_nothing(value)


def _covered_list(ask: Ask, listed: str, *, strict: bool) -> bool:
    """Names with commas between; whatever contains gzip is gzip, and no coding is named that some
    servers know."""
    items = [item.removeprefix(" ") for item in listed.split(",")]
    if strict and REST_REFUSED in items and is_acceptable(items):
        items.remove(REST_REFUSED)
    names = [item.partition(";")[0].lower() for item in items]
    if len(set(names)) < len(names) or OTHER_CODINGS.intersection(names):
        return False
    if strict:
        return all(_ADVISED_TOKEN.fullmatch(item) for item in items)
    plain = all(_TOKEN.fullmatch(item) and (item == "gzip" or "gzip" not in item) for item in items)
    return plain and "identity" not in items and ask.target.startswith("/echo/")


def is_acceptable(items: Collection[str]) -> bool:
    """Whether gzip or the plain body is welcome by one of these items, each with its weight."""
    return any(_WELCOME.fullmatch(item) for item in items)
