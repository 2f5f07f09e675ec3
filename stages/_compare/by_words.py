"""A request that somebody asks by hand: from words, as curl has them, or from bytes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .conversation import Ask, Conversation, faults
from .expectation import Expectation
from .expectations import expectations_of
from .routes import METHODS

if TYPE_CHECKING:
    from collections.abc import Collection

_METHOD: Final = re.compile(r"[A-Z]+")
_VERSION: Final = re.compile(r"HTTP/[0-9.]+")
_FREE: Final = (Expectation(), Expectation(answer=False))
_ORDINARY: Final = frozenset({"GET", "POST"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. words: `GET /echo/x`, `/echo/x`, or with a version at the end. lines: header
    lines. body: None where there is none."""

    words: str
    lines: tuple[str, ...] = ()
    body: bytes | None = None

    def fault(self) -> str:
        """Why no request can be made of it; empty when one can."""
        parts = self.words.split(" ")
        if not self._target.startswith("/") and self._target != "*":
            return (
                f"{self.words!r} is no request and no file; write 'GET /echo/x', /echo/x or the"
                " name of a file with the bytes"
            )
        if len(parts) > 3 or (len(parts) == 3 and not _VERSION.fullmatch(parts[2])):
            return f"{self.words!r} has a blank in its path; write %20 for it"
        wrong = next((line for line in self.lines if not line.partition(":")[1]), None)
        return f"-H {wrong!r}: write it as 'Name: value'" if wrong is not None else ""

    @property
    def _target(self) -> str:
        return next((word for word in self.words.split(" ") if not _METHOD.fullmatch(word)), "")

    def to_bytes(self, host: str) -> bytes:
        """The request as it goes on the wire, with Host and Content-Length unless they are typed
        (an empty value leaves a header out, as in curl)."""
        method, version = self._method, "HTTP/1.1"
        if _VERSION.fullmatch(last := self.words.split(" ")[-1]):
            version = last
        lines = [f"Host: {host}"] if not self._says("host") else []
        lines += [line for line in self.lines if line.partition(":")[2].strip()]
        framed = self._says("content-length") or self._says("transfer-encoding")
        if self.body is not None and not framed:
            lines.append(f"Content-Length: {len(self.body)}")
        head = "\r\n".join((f"{method} {self._target} {version}", *lines, "", ""))
        return head.encode("utf-8", "surrogateescape") + (self.body or b"")

    @property
    def _method(self) -> str:
        first = self.words.split(" ")[0]
        if _METHOD.fullmatch(first):
            return first
        return "GET" if self.body is None else "POST"

    def _says(self, name: str) -> bool:
        return any(line.partition(":")[0].strip().lower() == name for line in self.lines)


def conversation_of(raw: bytes, taught: Collection[str], host: str) -> Conversation | None:
    """The bytes as one request, if these stages fix its answer."""
    head, end, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if not end or len(words) != 3 or lines[:1] != [f"Host: {host}"]:
        return None
    ask = Ask(words[0], words[1], tuple(lines[1:]), body, version=words[2])
    if words[0] not in _ORDINARY and METHODS in taught:
        ask = replace(ask, odd="method")
    conversation = Conversation((ask,))
    if any(faults(conversation)) or b"".join(ask.pieces(host)) != raw:
        return None
    (law,) = expectations_of(conversation, taught, strict=False)
    return conversation if law not in _FREE else None
