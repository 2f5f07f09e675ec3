"""From a transcript to one shell command that shows the same fault by hand. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from grader.transcript import Direction, Entry

_LONGEST_PRINTF = 1500


def command(entries: Sequence[Entry], port: int, *, raw: bool) -> str | None:
    """A command for the connection that the failure was seen on: curl where curl shows it, else printf | nc.

    raw: the fault is in bytes or in the connection, which curl would hide. None when nothing was sent.
    """
    spoken = [entry.connection for entry in entries if entry.direction is Direction.SENT]
    if not spoken:
        return f"nc -v localhost {port} < /dev/null" if entries else None
    last = spoken[-1]
    pieces = [entry.data for entry in entries if entry.connection == last and entry.direction is Direction.SENT]
    line = None if raw or len(pieces) > 1 else _curl(pieces[0], port)
    silent = len({entry.connection for entry in entries}) - len(set(spoken))
    return _beside(silent, port) + (line or _netcat(pieces, port))


def _beside(silent: int, port: int) -> str:
    """Clients that were connected and said nothing while the request was made."""
    if silent < 1:
        return ""
    return f"for i in $(seq {silent}); do sleep 5 | nc localhost {port} & done; sleep 0.2; "


def _curl(request: bytes, port: int) -> str | None:
    """The request as a curl command; `None` when curl would not send it as it is."""
    head, _, body = request.partition(b"\r\n\r\n")
    try:
        start, *lines = head.decode("ascii").split("\r\n")
        method, target, version = start.split(" ")
        headers = [tuple(line.split(": ", 1)) for line in lines]
    except ValueError:
        return None
    if not all(line == line.strip() and line.isprintable() for line in lines):
        return None
    if version != "HTTP/1.1" or method not in ("GET", "POST", "HEAD") or any(len(pair) != 2 for pair in headers):
        return None
    options = _OPTIONS[method]
    if method == "POST":
        data = _data(body)
        if data is None:
            return None
        options += f" --data-binary {data} -H 'Content-Type:'"
    for name, value in headers:
        if name.lower() not in ("host", "content-length"):
            options += " -H " + shlex.quote(f"{name}: {value}")
    return f"curl {options} {shlex.quote(f'http://localhost:{port}{target}')}"


_OPTIONS = {"GET": "-i --path-as-is", "POST": "-i --path-as-is", "HEAD": "-I --path-as-is"}


def _data(body: bytes) -> str | None:
    if len(body) <= 200 and body.isascii() and body.decode("ascii").isprintable() and not body.startswith(b"@"):
        return shlex.quote(body.decode("ascii"))
    return None


def _netcat(pieces: Sequence[bytes], port: int) -> str:
    """What was sent, piece by piece with a pause between them, and then wait two seconds for the answer."""
    prints = "; sleep 0.3; ".join(_print(piece) for piece in pieces if piece)
    sent = f"({prints})" if len(pieces) > 1 or ";" in prints else prints
    return f"{sent} | nc -w 2 localhost {port}"


def _print(data: bytes) -> str:
    shown = data[:_LONGEST_PRINTF]
    text = "printf '" + "".join(_printf_character(byte) for byte in shown) + "'"
    rest = len(data) - len(shown)
    return text if not rest else f"{text}; head -c {rest} /dev/zero | tr '\\0' x"


def _printf_character(byte: int) -> str:
    """One byte inside printf's single-quoted format (POSIX: octal escapes)."""
    named = {10: "\\n", 13: "\\r", 9: "\\t", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    return chr(byte) if 32 <= byte < 127 and byte != 0x27 else f"\\{byte:03o}"
