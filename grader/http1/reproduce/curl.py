"""A request as a curl command, where curl sends exactly these bytes. Pure."""

from __future__ import annotations

import re
import shlex

from grader.reproduce.printing import is_long


def curl(request: bytes, port: int, *options: str, head: bool = True) -> str | None:
    """The request as a curl command; `None` when curl would not send it as it is, or far longer.

    options: more of curl's own, to begin with. head: whether it prints the head of the answer."""
    start_lines, _, body = request.partition(b"\r\n\r\n")
    if is_long(request):  # which printf and head can say in few words
        return None
    try:
        start, *lines = start_lines.decode("ascii").split("\r\n")
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
    show = [_OPTIONS[method]] if head or method == "HEAD" else []
    words = [*options, *show, *(["--path-as-is"] if _DOTS.search(target) else [])]
    if method == "POST":
        words.append(f"--data-binary {_data(body)} -H 'Content-Type:'")
    said = {name.lower() for name in headers}
    if said & _CURLS:
        return None
    words += [f"-H '{name}:'" for name in _OWN_WORDS if name.lower() not in said]
    words += ["-H " + shlex.quote(f"{name}: {value}") for name, value in headers.items()]
    return f"curl {' '.join(words)} {shlex.quote(f'http://localhost:{port}{target}')}"


def _is_plain(line: str) -> bool:
    return line == line.strip() and line.isprintable()


def _frames(method: str, length: str | None, body: bytes) -> bool:
    """Whether curl would give the body this length."""
    if method != "POST":
        return length is None and not body
    return length == str(len(body)) and _data(body) is not None


# what curl neither expands nor leaves out
_TARGET = re.compile(r"/[A-Za-z0-9._~/%?=&+:@,;!$*'\"-]*")
_DOTS = re.compile(r"/(?:\.|%2[eE])")  # curl would resolve these
# What curl would say of itself is left out: the request is to be the one that failed.
_OPTIONS = {"GET": "-i", "POST": "-i", "HEAD": "-I"}
_OWN_WORDS = ("User-Agent", "Accept")
# A second one would replace what curl sends itself; and to Expect it waits for the answer.
_CURLS = frozenset(["host", "content-length", "transfer-encoding", "expect"])


def _data(body: bytes) -> str | None:
    if (
        len(body) <= 200
        and body.isascii()
        and body.decode("ascii").isprintable()
        and not body.startswith(b"@")
    ):
        return shlex.quote(body.decode("ascii"))
    return None
