"""How requests and answers are framed, and what an ordinary client asks besides."""

from urllib.parse import quote

from grader.author import ADVICE, Kind, Session, check, expect

from . import BYTES, passes, store

LENGTH = (
    "Without Content-Length and chunks a request has no body (RFC 9112 6.3): do not read on. curl"
    " -X POST sends that."
)
ONE_LENGTH = (
    "Set headers in one place. Node's fetch refuses an answer with two lengths, even when they are"
    " equal."
)
PART = "You need not know this header: then ignore it, and send the whole file with status 200."
LEADS = "Location is the path of the new file as a client asks for it: percent-encoded, once."
CUT_OFF = (
    "recv that returns b'' means the client has left: drop what has come, and serve the next"
    " client."
)
# more than Linux keeps for both ends of a connection: tcp(7), tcp_rmem, tcp_wmem
PAUSE_S, NO_BUFFER = 0.5, 12 << 20
PAST, FUTURE = "Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"

ASKED = (
    ("Range: bytes=2-5", (200, 206)),
    ("Range: bytes=9999-", (200, 416)),
    ("Range: bytes=5-2", (200, 400, 416)),
    ("Range: pages=1-2", (200, 400, 416)),
    ('If-Match: "{word}"', (200, 412)),
    ("If-Match: *", (200,)),
    ('If-None-Match: "{word}"', (200,)),
    ("If-None-Match: *", (200, 304)),
    (f"If-Modified-Since: {PAST}", (200,)),
    (f"If-Modified-Since: {FUTURE}", (200, 304)),
    (f"If-Unmodified-Since: {PAST}", (200, 412)),
)
"""What a client may ask for, and how RFC 9110 13.1 and 14.2 let a server answer."""


@check(
    "A POST without Content-Length MUST store an empty file, or be refused (4xx)",
    cite="RFC 9112 6.3",
)
def no_length_is_no_body(session: Session) -> None:
    name = session.random.name()
    with expect.silence_means(LENGTH):
        answer = session.exchange(session.build("POST", f"/files/{name}"), ends=False)
    if 400 <= answer.status < 500:
        expect.not_written(
            session.files, name, hint="If you refuse an upload, do not write the file."
        )
    else:
        expect.status(answer, 201, hint=LENGTH)
        if passes(store, session, b""):  # else stores_empty tells that
            expect.stored(session.files, name, b"", LENGTH)


@check(
    "An answer about a file MUST have one Content-Length at most, with one value",
    cite="RFC 9110 8.6",
)
def single_length(session: Session) -> None:
    name = session.random.name()
    with expect.left_to_another_check(Kind.EXIT, Kind.CLOSED, Kind.SILENCE):
        expect.one_length(session.post(f"/files/{name}", b"content"), hint=ONE_LENGTH)
        for asked in (name, session.random.name()):
            expect.one_length(session.get(f"/files/{asked}", ends=False), hint=ONE_LENGTH)


@check(
    "A client that asks for a part or a newer file MUST get the file, or what RFC 9110 allows",
    cite="RFC 9110 14.2",
)
def parts_and_conditions(session: Session) -> None:
    name, content = session.random.name(), session.random.word(40).encode()
    session.files.put(name, content)
    for line, allowed in ASKED:
        header, _, value = line.format(word=session.random.word()).partition(": ")
        answer = session.get(f"/files/{name}", headers=[(header, value)], ends=False)
        expect.status(answer, *allowed, hint=PART)
        if answer.status == 200:
            expect.body(answer, content, hint=PART)
        elif answer.status == 206:
            expect.part_of(answer, content, 2, 5, hint=PART)


@check(
    "A client that leaves in the middle of its upload MUST NOT stop the server", cite="RFC 9112 8"
)
def cut_off_is_survived(session: Session) -> None:
    request = session.build("POST", f"/files/{session.random.name()}", body=bytes(1000))
    for sent in (request.head, request.to_bytes()[:-500]):
        connection = session.connect()
        connection.send(sent)
        connection.until_read()
        connection.close()
        expect.running(session)
        expect.serves_others(session, CUT_OFF)


@check("201 SHOULD say in Location where the new file is", cite="RFC 9110 15.3.2", level=ADVICE)
def says_location(session: Session) -> None:
    name = session.random.name()
    location = expect.header(
        session.post(f"/files/{name}", b"new"), "Location", "It is the path of what was created."
    )
    expect.contains(location, name, "Location")


@check(
    "Location SHOULD lead to the new file, whatever its name", cite="RFC 9110 10.2.2", level=ADVICE
)
def location_leads_there(session: Session) -> None:
    word, long = session.random.word, session.random.word(200)
    for name in (
        f"{word()} {word()}",
        f"{word()}%41",
        f"{word()}?{word()}",
        f"{word()}#{word()}",
        f"{long}.Txt",
    ):
        path = f"/files/{quote(name)}"
        with expect.left_to_another_check(
            Kind.EXIT, Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE, Kind.MALFORMED
        ):
            location = session.post(path, b"new").header("Location")
            if location is not None:  # else says_location tells that, or the name is refused
                expect.leads_to(location, path, LEADS)


@check(
    "The end of a 201 SHOULD be told: by a length, by chunks or by closing",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def end_of_201_is_told(session: Session) -> None:
    session.post(f"/files/{session.random.name()}", b"new", ends=True)


@check("content-length in lower case SHOULD count", cite="RFC 9110 5.1", level=ADVICE)
def lower_case_length(session: Session) -> None:
    name, body = session.random.name(), session.random.word().encode()
    expect.status(
        session.post(f"/files/{name}", body, headers=[("content-length", str(len(body)))]), 201
    )
    expect.stored(session.files, name, body, "Header names ignore case.")


@check("An upload that is cut off SHOULD NOT leave a partial file", cite="RFC 9112 8", level=ADVICE)
def cut_off_upload(session: Session) -> None:
    name = session.random.name()
    connection = session.connect()
    connection.send(session.build("POST", f"/files/{name}", body=bytes(1000)).to_bytes()[:-500])
    connection.until_read()
    connection.close()
    with expect.left_to_another_check(Kind.EXIT):
        expect.running(session)  # and at rest: what it does with that body is done
    expect.not_written(
        session.files, name, hint="Store the file only when the whole body has come."
    )


@check(
    "Two uploads at the same time SHOULD be kept apart", cite="course: concurrency", level=ADVICE
)
def uploads_apart(session: Session) -> None:
    sizes = (session.random.number(1000, 2000), session.random.number(3000, 4000))
    uploads = [
        (session.random.name(), session.random.word(size).encode(), session.connect())
        for size in sizes
    ]
    for part in (slice(0, 500), slice(500, None)):
        for name, body, connection in uploads:
            head = (
                session.build("POST", f"/files/{name}", body=body).head if part.start == 0 else b""
            )
            connection.send(head + body[part])
            connection.until_read()
    for name, body, connection in uploads:
        expect.status(connection.read("POST", ends=False), 201)
        expect.stored(
            session.files,
            name,
            body,
            "What belongs to one connection must not lie where others write.",
        )


@check(
    "A client that reads slowly SHOULD get the whole file",
    cite="course: files",
    level=ADVICE,
    beside=True,
)
def slow_reader(session: Session) -> None:
    name, content = session.random.name(), session.random.word(1 << 12).encode() * (NO_BUFFER >> 12)
    session.files.put(name, content)
    connection = session.connect()
    connection.ask(session.build("GET", f"/files/{name}"))
    connection.stall(PAUSE_S)
    expect.body(
        expect.whole_for_a_slow_reader(connection, session.url(f"/files/{name}")),
        content,
        hint=BYTES,
    )
