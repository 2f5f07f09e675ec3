"""How requests and answers are framed, and what an ordinary client asks besides."""

from urllib.parse import quote

from grader.author import ADVICE, Kind, Session, check, expect

from . import UPLOAD, passes, store

LENGTH = (
    "Do not wait for a body: a request without Content-Length and chunks has none (RFC"
    " 9112 6.3). curl -X POST sends such a request."
)
ONE_LENGTH = (
    "Set Content-Length in one place only. Node's fetch rejects an answer with two"
    " lengths, even equal ones."
)
PART = "Ignore this header and send the whole file with 200, or implement it as RFC 9110 says."
LEADS = "Send in Location the path of the new file as a client requests it: percent-encoded once."
CUT_OFF = (
    "If recv returns b'', the client has left: drop the partial body, and serve the next client."
)
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
    "A POST without Content-Length has no body",
    "A server MUST store an empty file for a POST without Content-Length, or reject it (4xx)",
    cite="RFC 9112 6.3",
    hint=LENGTH,
)
def no_length_is_no_body(session: Session) -> None:
    name = session.random.name()
    answer = session.exchange(session.build("POST", f"/files/{name}"), ends=False)
    if 400 <= answer.status < 500:
        expect.not_written(
            session.files, name, hint="If you reject an upload, do not write the file."
        )
    else:
        expect.status(answer, 201)
        if passes(store, session, b""):  # else stores_empty tells that
            expect.stored(session, name, b"")


@check(
    "No byte follows the answer to an upload",
    "A server MUST answer an upload once: no byte follows the answer",
    cite="RFC 9112 6.3",
    hint="Send one answer, when the whole body has arrived.",
)
def nothing_after(session: Session) -> None:
    for whole in (True, False):
        body = session.random.word().encode()
        request = session.build("POST", f"/files/{session.random.name()}", body=body)
        connection = session.connect()
        connection.send_slowly(*([request.head + body] if whole else [request.head, body]))
        connection.read("POST", ends=False)
        expect.nothing_more(connection)
        session.leave(connection)  # a server of one client at a time is right here


@check(
    "An answer has at most one Content-Length",
    "A server MUST send at most one Content-Length, with a single value",
    cite="RFC 9110 8.6",
    hint=ONE_LENGTH,
)
def single_length(session: Session) -> None:
    name = session.random.name()
    with expect.left_to_another_check(Kind.EXIT, Kind.CLOSED, Kind.SILENCE):
        expect.one_length(session.post(f"/files/{name}", b"content"))
        for asked in (name, session.random.name()):
            expect.one_length(session.get(f"/files/{asked}", ends=False))


@check(
    "Range and conditional requests are answered",
    "A server MUST answer Range and conditional requests with the file, or as RFC 9110 allows",
    cite="RFC 9110 14.2",
    hint=PART,
)
def parts_and_conditions(session: Session) -> None:
    name, content = session.random.name(), session.random.word(40).encode()
    session.files.put(name, content)
    for line, allowed in ASKED:
        header, _, value = line.format(word=session.random.word()).partition(": ")
        answer = session.get(f"/files/{name}", headers=[(header, value)], ends=False)
        expect.status(answer, *allowed)
        if answer.status == 200:
            expect.body(answer, content)
        elif answer.status == 206:
            expect.part_of(answer, content, 2, 5)


@check(
    "A cut-off upload does not stop the server",
    "A client that leaves in the middle of its upload MUST NOT stop the server",
    cite="RFC 9112 8",
    hint=CUT_OFF,
)
def cut_off_is_survived(session: Session) -> None:
    request = session.build("POST", f"/files/{session.random.name()}", body=bytes(1000))
    for sent in (request.head, request.to_bytes()[:-500]):
        connection = session.connect()
        connection.send(sent)
        connection.until_read()
        connection.close()
        expect.running(session)
        expect.serves_others(session)


@check(
    "A 201 has a Location",
    "A 201 SHOULD say in Location where the new file is",
    cite="RFC 9110 15.3.2",
    hint="Send Location with the path of the new file, such as /files/notes.txt.",
    asks=UPLOAD,
    level=ADVICE,
)
def says_location(session: Session) -> None:
    name = session.random.name()
    location = expect.header(
        session.post(f"/files/{name}", b"new"),
        "Location",
        code=201,
    )
    expect.contains(location, name, "Location")


@check(
    "Location leads to the new file",
    "Location SHOULD lead to the new file, whatever its name",
    cite="RFC 9110 10.2.2",
    hint=LEADS,
    level=ADVICE,
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
                expect.leads_to(location, path)


@check(
    "The client can tell where a 201 ends",
    "The client SHOULD be able to tell where a 201 ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def end_of_201_is_told(session: Session) -> None:
    session.post(f"/files/{session.random.name()}", b"new", ends=True)


@check(
    "Content-Length counts in lower case too",
    "A server SHOULD accept content-length in lower case",
    cite="RFC 9110 5.1",
    hint="Header names are case-insensitive.",
    asks=UPLOAD,
    level=ADVICE,
)
def lower_case_length(session: Session) -> None:
    name, body = session.random.name(), session.random.word().encode()
    answer = session.post(f"/files/{name}", body, headers=[("content-length", str(len(body)))])
    expect.status(answer, 201)
    expect.stored(session, name, body)
