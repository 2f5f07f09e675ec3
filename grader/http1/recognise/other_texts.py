"""Another text of the conversation in place of the right one."""

from __future__ import annotations

from grader.http1.recognise.wrong import SHORT, Recognised, Wrong, count, headers_of
from grader.http1.wire import request_line

_OWN = "Keep what belongs to one request in local variables of the function that handles it."


def header_value(wrong: Wrong) -> Recognised | None:
    """The value of another header, and whether it has the place of the right one."""
    if len(wrong.found) < SHORT:
        return None
    for at, (name, value) in enumerate(wrong.headers):
        if wrong.found == value:
            return Recognised(
                "other_header",
                f"The {wrong.subject} is the value of {_shown(name)}{_place(wrong, at)}.",
                _by_its_name(wrong, name),
            )
        if wrong.found in (name + b": " + value, name + b":" + value):
            return Recognised(
                "header_line",
                f"The {wrong.subject} is the whole line of {_shown(name)}, not its value alone.",
                "The value begins after the colon, without the spaces around it.",
            )
    return None


def _by_its_name(wrong: Wrong, name: bytes) -> str | None:
    """How to find the right header; nothing where its name is a part of this one: place or name
    may be what was looked for, and the check's own hint has both."""
    for right, value in wrong.headers:
        if value == wrong.wanted and right.lower() in name.lower():
            return None
    return "Look for the header by its name: its place among the others changes."


def _place(wrong: Wrong, at: int) -> str:
    """Where an earlier request had the header that was wanted in the same line."""
    for request, _ in wrong.before:
        lines = headers_of(request)
        if at < len(lines) and lines[at][0].lower() in _names_of(wrong):
            return f", which stands where {_shown(lines[at][0])} stood in an earlier request"
    return ""


def _names_of(wrong: Wrong) -> set[bytes]:
    return {name.lower() for name, value in wrong.headers if value == wrong.wanted}


def of_the_target(wrong: Wrong) -> Recognised | None:
    """The path in place of its end, or its last segment in place of all that follows the route."""
    found, target = wrong.found, wrong.target
    if not found or not target:
        return None
    if found in (target, target[1:]):
        return Recognised(
            "whole_path",
            f"The {wrong.subject} is the whole path, not the part after the route.",
            "Remove the route from the beginning of the path once; the rest is the text.",
        )
    if wrong.wanted.endswith(b"/" + found):
        return Recognised(
            "last_segment",
            f"The {wrong.subject} is only what follows the last slash.",
            "Remove the route from the beginning of the path once; the rest is the text.",
        )
    if wrong.wanted.startswith(found + b"/"):
        return Recognised(
            "first_segment",
            f"The {wrong.subject} ends before a slash of the text.",
            "Remove the route from the beginning of the path once; the rest is the text.",
        )
    return None


def the_request(wrong: Wrong) -> Recognised | None:
    if not wrong.found or wrong.found not in (wrong.request, wrong.head, wrong.head.rstrip()):
        return None
    return Recognised(
        "request",
        f"The {wrong.subject} is the request itself.",
        "What the client sends as a body begins after the empty line.",
    )


def of_the_request(wrong: Wrong) -> Recognised | None:
    """A piece of the request itself."""
    found, request = wrong.found, wrong.request
    if len(found) <= SHORT or found not in request:
        return None
    place = request.find(found)
    if place >= len(wrong.head):
        return Recognised(
            "of_the_body",
            f"The body is a piece of the request's body: {count(len(found))} from byte"
            f" {place - len(wrong.head):,} on.",
        )
    return Recognised(
        "of_the_head",
        f"The {wrong.subject} is a piece of the request's head, from byte {place:,} on.",
    )


def earlier_answer(wrong: Wrong) -> Recognised | None:
    short = len(wrong.found) < SHORT
    if not wrong.found or (short and wrong.wanted.startswith(wrong.found)):
        return None
    for request, body in reversed(wrong.before):
        if wrong.found == body and (not short or _is_asked_for(body, request)):
            return Recognised(
                "earlier_answer",
                f"The {wrong.subject} is that of an earlier answer, to {_line(request)}.",
                _OWN,
            )
    return None


def _is_asked_for(text: bytes, request: bytes) -> bool:
    """Whether the text is the last segment of what was asked for, or the value of a header: the
    right answer, then, and no text that is alike by chance."""
    values = [value for _, value in headers_of(request)]
    return text in values or request_line(request).target.endswith(b"/" + text)


def former_content(wrong: Wrong) -> Recognised | None:
    """What an earlier upload to the same target brought."""
    if (request := _brought(wrong)) is None or request_line(request).target != wrong.target:
        return None
    if wrong.subject == "file":
        return Recognised(
            "former_content",
            "The file still holds its former content: your server answered 201, but did not write"
            " the new one.",
        )
    return Recognised(
        "former_content",
        f"The {wrong.subject} is the former content, which an earlier {_line(request)} brought.",
        "Read the file at each request, or forget what you keep when it is written.",
    )


def other_upload(wrong: Wrong) -> Recognised | None:
    """What an earlier upload to another target brought."""
    if (request := _brought(wrong)) is None:
        return None
    return Recognised(
        "other_upload",
        f"The {wrong.subject} is what {_line(request)} brought, another upload.",
        _OWN,
    )


def _brought(wrong: Wrong) -> bytes | None:
    """The last of the earlier requests whose body this is."""
    if len(wrong.found) < SHORT:
        return None
    earlier = (request for request, _ in reversed(wrong.before))
    return next((one for one in earlier if one.partition(b"\r\n\r\n")[2] == wrong.found), None)


def another_connection(wrong: Wrong) -> Recognised | None:
    """The text that a client on another connection asked for or sent."""
    if len(wrong.found) < SHORT:
        return None
    for request in wrong.others:
        content = request.partition(b"\r\n\r\n")[2]
        if wrong.found == content or _is_asked_for(wrong.found, request):
            return Recognised(
                "another_connection",
                f"The {wrong.subject} belongs to another connection, which asked for"
                f" {_line(request)}.",
                _OWN,
            )
    return None


def _line(request: bytes) -> str:
    """Method and target, short enough for a sentence."""
    method, target, _ = request_line(request)
    line = (method + b" " + target).decode("latin-1")
    return line if len(line) <= 60 else f"{line[:57]}..."


def _shown(name: bytes) -> str:
    return name.decode("latin-1")


PARTICULAR = (header_value, of_the_target, the_request)
KINDS = (
    former_content, earlier_answer, other_upload, another_connection, of_the_request,
)  # fmt: skip
