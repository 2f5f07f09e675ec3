"""The steps of a right server, and where in what they return a fault can be: one row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.mutation.semantic.faults import (
    CHANGES,
    CHECK,
    DICT,
    EFFECT,
    FIELDS,
    FLAG,
    LIST,
    NUMBER,
    OBJECT,
    STATUS,
    TEXT,
    TOKEN,
    WEIGHT,
    WRAPPINGS,
    Change,
    Function,
    Result,
)

Server = Any  # the class is found when it is run, beside the submissions
Part = Callable[[Server, Result, Change], Result]


@dataclass(frozen=True, slots=True)
class Step:
    """A method of the server. part: what of its result is changed, in `PARTS`; "" is all of it.
    kind: what that is, in `CHANGES` or `WRAPPINGS`."""

    name: str
    kind: str
    part: str = ""

    @property
    def id(self) -> str:
        return f"{self.name}.{self.part}" if self.part else self.name

    @property
    def faults(self) -> Iterator[str]:
        """The names of the faults that the step can have."""
        yield from CHANGES[self.kind] if self.kind in CHANGES else WRAPPINGS[self.kind]

    def with_fault(self, fault: str, function: Function) -> Function:
        """The method with the fault."""
        if self.kind in WRAPPINGS:
            return WRAPPINGS[self.kind][fault](function)
        return self.with_change(CHANGES[self.kind][fault](), function)

    def with_change(self, change: Change, function: Function) -> Function:
        """The method with its result, or the part of it, changed. None is no result: it is returned
        as it is."""
        part = PARTS[self.part]

        def changed(server: Server, *arguments: object) -> Result:
            found = function(server, *arguments)
            return None if found is None else part(server, found, change)

        return changed


def _whole(server: Server, found: Result, change: Change) -> Result:
    return change(found)


def _item(index: int) -> Part:
    def changed(server: Server, found: Result, change: Change) -> Result:
        return (*found[:index], change(found[index]), *found[index + 1 :])

    return changed


def _each(server: Server, found: Result, change: Change) -> Result:
    return [change(item) for item in found]


def _attribute(name: str) -> Part:
    def changed(server: Server, found: Result, change: Change) -> Result:
        setattr(found, name, change(getattr(found, name)))
        return found

    return changed


def _header(name: str) -> Part:
    def changed(server: Server, found: Result, change: Change) -> Result:
        if name in found.headers:
            found.headers[name] = change(found.headers[name])
        return found

    return changed


def _below_the_directory(server: Server, found: Result, change: Change) -> Result:
    """Of a path below the served directory, what follows the directory."""
    return server.directory / change(str(found.relative_to(server.directory)))


def _status_line(server: Server, found: bytes, change: Change) -> bytes:
    line, end, rest = found.partition(b"\r\n")
    return bytes(change(line)) + end + rest


def _header_lines(server: Server, found: bytes, change: Change) -> bytes:
    head, end, body = found.partition(b"\r\n\r\n")
    line, between, fields = head.partition(b"\r\n")
    return line + between + bytes(change(fields)) + end + body


def _body(server: Server, found: bytes, change: Change) -> bytes:
    """What follows the head of an answer that has a body."""
    head, end, body = found.partition(b"\r\n\r\n")
    return head + end + (bytes(change(body)) if body else body)


PARTS: Final[Mapping[str, Part]] = {
    "": _whole,
    "method": _item(0),
    "target": _item(1),
    "version": _item(2),
    "name": _item(0),
    "value": _item(1),
    "weight": _item(1),
    "each": _each,
    "body": _attribute("body"),
    "status": _attribute("status"),
    "headers": _attribute("headers"),
    "allow": _header("Allow"),
    "content_type": _header("Content-Type"),
    "location": _header("Location"),
    "file": _below_the_directory,
    "status_line": _status_line,
    "header_lines": _header_lines,
    "bytes": _body,
}


def _of(kind: str, *names: str) -> list[Step]:
    return [Step(name, kind, part) for name, _, part in (name.partition(".") for name in names)]


STEPS: Final[tuple[Step, ...]] = (
    # reading
    *_of(TEXT, "decode", "split_request_line.target", "parse_header.value", "read_body", "take"),
    *_of(
        TOKEN,
        "split_request_line.method",
        "split_request_line.version",
        "parse_header.name",
        "header",
    ),
    *_of(TOKEN, "skip_empty_lines", "read_size", "joined"),
    *_of(DICT, "parse_headers"),
    *_of(NUMBER, "content_length", "chunk_size"),
    *_of(OBJECT, "read_head", "parse_head", "read_request", "read_line", "read_chunks"),
    *_of(EFFECT, "invite", "end_chunk", "read_trailers"),
    # refusing
    *_of(
        CHECK,
        "check_unfinished",
        "check_size",
        "check_target",
        "check_fields",
        "check_method_name",
        "check_form",
    ),
    *_of(
        CHECK,
        "check_version",
        "check_line_ends",
        "check_colon",
        "check_field_name",
        "check_repeated",
        "check_host",
    ),
    *_of(
        CHECK,
        "check_host_name",
        "check_framing",
        "refuse_both",
        "check_codings",
        "check_length",
        "check_digits",
    ),
    *_of(
        CHECK, "check_body_size", "check_chunk", "check_trailers", "check_line", "check_extension"
    ),
    *_of(EFFECT, "turn_away"),
    # silent clients, and those that are idle when the server stops
    *_of(EFFECT, "limit", "give_up", "end"),
    *_of(FLAG, "is_idle"),
    # answering
    *_of(TEXT, "path", "echo_text", "user_agent.body", "created.location"),
    *_of(
        TOKEN,
        "options.allow",
        "method_not_allowed.allow",
        "echo.content_type",
        "serve_file.content_type",
    ),
    *_of(FLAG, "unknown_method"),
    *_of(
        STATUS,
        "root.status",
        "echo.status",
        "user_agent.status",
        "serve_file.status",
        "store_file.status",
    ),
    *_of(
        STATUS, "not_found.status", "refusal.status", "method_not_allowed.status", "options.status"
    ),
    *_of(FIELDS, "root.headers", "echo.headers", "serve_file.headers", "created.headers"),
    *_of(
        OBJECT,
        "root",
        "echo",
        "user_agent",
        "serve_file",
        "store_file",
        "not_found",
        "refusal",
        "allowed",
    ),
    *_of(OBJECT, "options", "method_not_allowed", "route", "respond"),
    # files
    *_of(TEXT, "place_to_read.file", "place_to_write.file", "load"),
    *_of(OBJECT, "place"),
    *_of(EFFECT, "save"),
    # codings
    *_of(TOKEN, "accepted", "items.each", "weight.name"),
    *_of(LIST, "items"),
    *_of(WEIGHT, "q", "weight.weight"),
    *_of(FLAG, "accepts_gzip", "may_read"),
    *_of(EFFECT, "encode", "compress"),
    # the end of an answer and of a connection
    *_of(NUMBER, "length"),
    *_of(EFFECT, "frame", "drop_body", "announce", "send"),
    *_of(FLAG, "wants_close", "is_framed_oddly"),
    *_of(TOKEN, "connection_header", "to_bytes.status_line"),
    *_of(TEXT, "to_bytes.header_lines", "to_bytes.bytes"),
    *_of(OBJECT, "to_bytes"),
)
OTHERS: Final[Mapping[str, str]] = {
    "main": "the command line",
    "timeout": "an option of the command line",
    "run": "the program from its start to its end",
    "serve": "the loop that accepts clients",
    "handle_signals": "done once, at the start: tests/submissions/shutdown has servers without it",
    "note": "the wire from a signal to the loop that accepts clients",
    "close_listener": "done once, at the end: tests/submissions/shutdown has a server without it",
    "finish": "done once, at the end: its steps are `is_idle` and `end`",
    "listen": "the place where clients come",
    "start": "the thread of a connection",
    "handle": "the net below a connection",
    "converse": "the loop of a connection",
    "receive": "what comes is the client's",
    "refuse_end": "the answer of `check_codings`",
    "refuse_coding": "the answer of `check_codings`",
    "refuse": "this server refuses with `turn_away`",
}
"""The methods that are no steps, and why."""
