"""What else a server should reject, and what it should still serve."""

from itertools import chain, repeat

from grader.author import ADVICE, Session, check, expect

from . import CHUNKS, GIVE_UP, LIMIT, LINE, TOO_LONG, chunked, endless, filled

LARGEST_BODY = 16 << 20


@check(
    "Chunks over 16 MiB together are rejected",
    "A server SHOULD reject chunks of more than 16 MiB together",
    cite="RFC 9110 15.5.14",
    hint=CHUNKS,
    level=ADVICE,
)
def growing_body(session: Session) -> None:
    begin = chunked(session, session.random.name())
    chunk = b"40000\r\n" + b"x" * (1 << 18) + b"\r\n"
    most, what = LARGEST_BODY + GIVE_UP, "a chunked body"
    expect.refused_midway(
        session.connect(), chain([begin], repeat(chunk)), 413, most=most, what=what
    )


@check(
    "An endless chunk extension is rejected",
    "A server SHOULD reject a chunk extension without an end",
    cite="RFC 9112 7.1.1",
    hint="Limit the length of every line that you read, this one too.",
    level=ADVICE,
)
def endless_extension(session: Session) -> None:
    begin = chunked(session, session.random.name()) + b"5;"
    endless(session, begin, b"x", 400, what="a chunk's first line")


@check(
    "Endless trailers are rejected",
    "A server SHOULD reject trailers without an end",
    cite="RFC 9110 5.4",
    hint="Apply the limit for header lines to trailers too.",
    level=ADVICE,
)
def endless_trailers(session: Session) -> None:
    begin = chunked(session, session.random.name()) + b"0\r\n"
    endless(session, begin, LINE, *TOO_LONG, what="trailers")


@check(
    "A length of 5000 digits is rejected",
    "A server SHOULD reject a length of 5000 digits, and ignore leading zeros",
    cite="RFC 9110 8.6",
    hint="Remove leading zeros, then count the digits before you convert them to a number.",
    level=ADVICE,
)
def many_digits(session: Session) -> None:
    connection = session.connect()
    target, word = f"/files/{session.random.name()}", session.random.word(10).encode()
    connection.send(session.build("POST", target, headers=[("Content-Length", "9" * 5000)]).head)
    expect.refused_with(connection, 413, 400)
    connection.close()
    request = session.build("POST", target, headers=[("Content-Length", "10".zfill(30))], body=word)
    expect.status(session.exchange(request, ends=False), 201)


@check(
    "A target of 60 KiB is served",
    "A server SHOULD serve a target of 60 KiB",
    cite="course: limits",
    hint="Accept up to 64 KiB: that is the limit of the course.",
    level=ADVICE,
)
def target_below_the_limit(session: Session) -> None:
    text = filled(session, 60 << 10)
    answer = session.get(f"/echo/{text}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, text.encode())


@check(
    "A header section of 60 KiB is served",
    "A server SHOULD serve a header section of 60 KiB",
    cite="course: limits",
    hint="Accept up to 64 KiB: that is the limit of the course.",
    level=ADVICE,
)
def headers_below_the_limit(session: Session) -> None:
    answer = session.get("/", headers=[("Cookie", filled(session, 60 << 10))], ends=False)
    expect.status(answer, 200)


@check(
    "A header section over 64 KiB gets 431",
    "A server SHOULD answer a header section of more than 64 KiB with 431",
    cite="RFC 6585 5",
    hint=(
        "Answer 431 when the header lines are too large: it tells the client what to make smaller."
    ),
    level=ADVICE,
)
def answers_431(session: Session) -> None:
    answer = session.get("/", headers=[("Cookie", filled(session, 2 * LIMIT))], ends=False)
    if answer.status >= 400:  # whether it is refused at all is another question
        expect.status(answer, 431)
