"""From a transcript to one shell command that shows the same fault by hand. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from grader.transcript import Direction, Entry

_LONGEST_PRINTF = 1500
_MUCH = 128 * 1024
_FILLED = re.compile(rb"x{200,}")
_REPEATED = re.compile(rb"(?<![^\n])([^\r\n]{1,200}\r\n)\1{19,}")


def command(entries: Sequence[Entry], port: int, *, raw: bool) -> str | None:
    """A command for the connection that the failure was seen on: curl where curl shows it, else printf | nc.

    raw: the fault is in bytes or in the connection, which curl would hide. None when nothing was sent.
    """
    spoken = [entry.connection for entry in entries if entry.direction is Direction.SENT]
    if not spoken:
        return f"nc -v localhost {port} < /dev/null" if entries else None
    last = spoken[-1]
    sent = (entry for entry in entries if entry.connection == last and entry.direction is Direction.SENT)
    pieces = [entry.data + b"x" * entry.left_out for entry in sent]
    line = None if raw or len(pieces) > 1 else _curl(pieces[0], port)
    silent = len({entry.connection for entry in entries}) - len(set(spoken))
    return _beside(silent, port) + (line or _netcat(pieces, port))


def _beside(silent: int, port: int) -> str:
    """Clients that were connected and said nothing while the request was made."""
    if silent < 1:
        return ""
    return f"for i in $(seq {silent}); do sleep 5 | nc localhost {port} & done; sleep 0.2; "


def _curl(request: bytes, port: int) -> str | None:
    """The request as a curl command; `None` when curl would not send it as it is, or far longer."""
    head, _, body = request.partition(b"\r\n\r\n")
    if _FILLED.search(head) or _REPEATED.search(head):  # which printf and head can say in few words
        return None
    try:
        start, *lines = head.decode("ascii").split("\r\n")
        method, target, version = start.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
    except ValueError:
        return None
    ordinary = version == "HTTP/1.1" and method in _OPTIONS and _TARGET.fullmatch(target)
    if not ordinary or len(headers) != len(lines) or not all(map(_is_plain, lines)):
        return None
    if headers.pop("Host", None) != f"localhost:{port}" or not _frames(
        method, headers.pop("Content-Length", None), body
    ):
        return None
    options = [_OPTIONS[method]]
    if method == "POST":
        options.append(f"--data-binary {_data(body)} -H 'Content-Type:'")
    said = {name.lower() for name in headers}
    if said & _CURLS:
        return None
    options += [f"-H '{name}:'" for name in _OWN_WORDS if name.lower() not in said]
    options += ["-H " + shlex.quote(f"{name}: {value}") for name, value in headers.items()]
    return f"curl {' '.join(options)} {shlex.quote(f'http://localhost:{port}{target}')}"


def _is_plain(line: str) -> bool:
    return line == line.strip() and line.isprintable()


def _frames(method: str, length: str | None, body: bytes) -> bool:
    """Whether curl would give the body this length."""
    if method != "POST":
        return length is None and not body
    return length == str(len(body)) and _data(body) is not None


_TARGET = re.compile(r"/[A-Za-z0-9._~/%?=&+:@,;!$*'\"-]*")  # what curl neither expands nor leaves out
# What curl would say of itself is left out: the request is to be the one that failed.
_OPTIONS = {"GET": "-i --path-as-is", "POST": "-i --path-as-is", "HEAD": "-I --path-as-is"}
_OWN_WORDS = ("User-Agent", "Accept")
# A second one would replace what curl sends itself; and to Expect it waits for the answer.
_CURLS = frozenset(["host", "content-length", "transfer-encoding", "expect"])


def _data(body: bytes) -> str | None:
    if len(body) <= 200 and body.isascii() and body.decode("ascii").isprintable() and not body.startswith(b"@"):
        return shlex.quote(body.decode("ascii"))
    return None


def _netcat(pieces: Sequence[bytes], port: int) -> str:
    """What was sent, piece by piece with a pause between them, and then wait two seconds for the answer.

    So much that it had to be sent in many pieces is sent at once.
    """
    if sum(map(len, pieces)) > _MUCH:
        pieces = [b"".join(pieces)]
    prints = "; sleep 0.3; ".join(_print(piece) for piece in pieces if piece) or ":"
    sent = f"({prints})" if len(pieces) > 1 or ";" in prints else prints
    return f"{sent} | nc -w 2 localhost {port}"


def written(content: bytes) -> str:
    """A command that prints exactly these bytes, or where they are many, as many."""
    return _print(content)


def _print(data: bytes) -> str:
    """Exactly these bytes when they are few, or long by repetition. Of others the beginning, filled up with x."""
    if long := _FILLED.search(data) or _REPEATED.search(data):
        sides = data[: long.start()], data[long.end() :]
        middle = _fill(len(long[0])) if long.re is _FILLED else _repeat(long[1], len(long[0]))
        return "; ".join(part for part in (_unless_empty(sides[0]), middle, _unless_empty(sides[1])) if part)
    shown = data[:_LONGEST_PRINTF]
    rest = len(data) - len(shown)
    return f"{_printf(shown)}; {_fill(rest)}" if rest else _printf(shown)


def _unless_empty(data: bytes) -> str:
    return _print(data) if data else ""


def _fill(size: int) -> str:
    return f"head -c {size} /dev/zero | tr '\\0' x"


def _repeat(line: bytes, size: int) -> str:
    """`yes` itself ends what it repeats with the line feed."""
    return f'yes "$({_printf(line[:-1])})" | head -c {size}'


def _printf(data: bytes) -> str:
    text = "".join(_printf_character(byte) for byte in data)
    return "printf '" + text.replace("-", "\\055", data[:1] == b"-") + "'"


def _printf_character(byte: int) -> str:
    """One byte inside printf's single-quoted format (POSIX: octal escapes)."""
    named = {10: "\\n", 13: "\\r", 9: "\\t", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    return chr(byte) if 32 <= byte < 127 and byte != 0x27 else f"\\{byte:03o}"
