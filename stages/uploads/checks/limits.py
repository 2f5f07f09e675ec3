"""Uploads that are made to harm: too many parts, and one without an end."""

from grader.author import ADVICE, Request, Session, check, expect

from . import Part, body_of, boundary_of, file, upload

BOMB = 10_000
ONCE = "Count the parts as you find them, and answer 413 when there are more than you want."
NO_END = "When the boundary with -- after it does not come, the upload is not complete: answer 400."


def bomb(session: Session) -> Request:
    """So many parts that a server may spend all of its time on them."""
    boundary = boundary_of(session)
    return upload(session, boundary, body_of(boundary, [Part("a", b"b")] * BOMB))


def without_an_end(session: Session) -> Request:
    """An upload whose last boundary is one between two parts."""
    boundary = boundary_of(session)
    whole = body_of(boundary, [file(session, session.random.word(100).encode())])
    return upload(session, boundary, whole.removesuffix(f"\r\n--{boundary}--\r\n".encode()))


@check(
    "An upload of 10,000 parts does not end the program",
    "A server MUST live on after an upload of 10,000 parts, whatever it answers",
    cite="course: uploads",
    hint=ONCE,
)
def many_parts_are_survived(session: Session) -> None:
    expect.survived(session, bomb(session))


@check(
    "An upload without an end does not end the program",
    "A server MUST live on after an upload that lacks its last boundary, its boundary, or its rest",
    cite="RFC 2046 5.1.1",
    hint=NO_END,
)
def no_end_is_survived(session: Session) -> None:
    request = without_an_end(session)
    types = (f"multipart/form-data{parameter}" for parameter in ("", "; boundary=", "; boundary=x"))
    bodies = (b"", b"--x", b"--x\r\n", b"--x\r\n\r\n--x--\r\n", b"--x\r\na\r\n\r\n--x--")
    requests = [
        request,
        *(upload(session, "", request.body, media_type) for media_type in types),
        *(upload(session, "x", body) for body in bodies),
    ]
    expect.all_survived(session, requests)
    session.connect().send_and_leave(request.to_bytes()[:-40])
    expect.running(session)
    expect.serves_others(session)


@check(
    "An upload of 10,000 parts is refused",
    "A server SHOULD refuse an upload of 10,000 parts with a 4xx, such as 413",
    cite="RFC 9110 15.5.14",
    hint=ONCE,
    asks=("uploads/many_parts_are_survived",),
    level=ADVICE,
)
def many_parts_are_refused(session: Session) -> None:
    refused(session, bomb(session), 413, 400)


@check(
    "An upload without an end is refused",
    "A server SHOULD refuse an upload without its last boundary with a 4xx, such as 400",
    cite="RFC 2046 5.1.1",
    hint=NO_END,
    asks=("uploads/no_end_is_survived",),
    level=ADVICE,
)
def no_end_is_refused(session: Session) -> None:
    refused(session, without_an_end(session), 400, 422)


def refused(session: Session, request: Request, *likely: int) -> None:
    answer = session.exchange(request, ends=False)
    expect.refused(answer, *likely)
    if answer.status >= 500:
        expect.status(answer, *likely)
