"""Judges *files*: bytes go out of the directory and into it unchanged, and nothing outside of it is touched."""

from string import ascii_uppercase
from urllib.parse import quote

from grader import expect
from grader.check import ADVICE, check
from grader.session import Session

LARGE, PAUSE_S = 4 << 20, 0.5
NO_BUFFER = 12 << 20  # more than Linux keeps for both ends of a connection: tcp(7), tcp_rmem and tcp_wmem
NOT_YET = ("Accept-Encoding", "Connection")  # of what requests sends, each is a later stage's
EVERY_BYTE = bytes(range(256)) * 4
BYTES = "A file is bytes, and not text: nothing in it is to be decoded, translated or trimmed."
WHOLE = "Read on until Content-Length bytes of the body have come: recv returns what is there, not what was sent."
REFUSED = "The system refuses some names, those longer than 255 bytes for one: catch its error, and answer 404."
REPLACED = "The new body takes the place of the old file: nothing of that stays, wherever you keep it."
DECODE = "Percent-decode the name, once, before you open it."
INSIDE = "Resolve the whole path first, then make sure that it is still inside the directory."


def _serve(session: Session, content: bytes, hint: str = BYTES, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    session.files.put(name, content)
    answer = session.get(f"/files/{name}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, content, hint=hint)


def _store(session: Session, content: bytes, hint: str = BYTES, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    expect.status(session.post(f"/files/{name}", content), 201)
    expect.stored(session.files, name, content, hint)


def _put_secret(session: Session) -> tuple[str, bytes]:
    name, secret = session.random.word(), session.random.word(40).encode()
    session.files.put_outside(name, secret)
    return name, secret


def _keep_secret(session: Session, *ways: str) -> None:
    name, secret = _put_secret(session)
    for way in ways:
        expect.not_in_body(session.get(f"/files/{way}{name}", ends=False), secret, hint=INSIDE)


@check("GET /files/{name} MUST answer 200 with the file from the directory after --directory", cite="RFC 9110 9.3.1")
def serves_a_file(session: Session) -> None:
    _serve(session, f"{session.random.word()} {session.random.word()}".encode())


@check("The Content-Type of a file MUST be application/octet-stream", cite="RFC 9110 8.3")
def says_octet_stream(session: Session) -> None:
    name = session.random.name()
    session.files.put(name, b"text")
    expect.media_type(session.get(f"/files/{name}", ends=False), "application/octet-stream")


@check("A file that holds every byte value MUST come back unchanged", cite="RFC 9110 6.4")
def serves_every_byte(session: Session) -> None:
    _serve(session, EVERY_BYTE, suffix=".xlsx")


@check("A file with CRLF line ends MUST come back unchanged", cite="RFC 9110 6.4")
def serves_crlf(session: Session) -> None:
    _serve(session, f"{session.random.word()}\r\n{session.random.word()}\r\n".encode())


@check("A file in UTF-8 MUST come back unchanged, its length counted in bytes", cite="RFC 9110 8.6")
def serves_utf8(session: Session) -> None:
    _serve(session, f"héllo {session.random.word()} wörld €".encode(), "Content-Length counts bytes.")


@check("An empty file MUST be answered 200 with an empty body", cite="RFC 9110 8.6")
def serves_empty(session: Session) -> None:
    _serve(session, b"", "An empty file is a file.")


@check("A file of 4 MiB MUST come back whole", cite="RFC 9110 6.4")
def serves_large(session: Session) -> None:
    _serve(session, session.random.blob(LARGE), "One call that sends may take only a part of what it is given.")


@check("A file that does not exist MUST be answered 404", cite="RFC 9110 15.5.5")
def missing_is_404(session: Session) -> None:
    expect.status(session.get(f"/files/{session.random.name()}", ends=False), 404)


@check("POST /files/{name} MUST store the body and answer 201", cite="RFC 9110 9.3.3")
def stores_a_body(session: Session) -> None:
    _store(session, f"{session.random.word()} {session.random.word()}".encode(), suffix=".Txt")


@check("A body that holds every byte value MUST be stored unchanged", cite="RFC 9110 6.4")
def stores_every_byte(session: Session) -> None:
    _store(session, EVERY_BYTE, suffix="")


@check("A body with empty lines inside MUST be stored whole", cite="RFC 9112 6.3")
def stores_empty_lines(session: Session) -> None:
    body = "\r\n\r\n".join(f"{session.random.word()}: 2\r\n" for _ in range(3))
    _store(session, body.encode(), "Cut at the first empty line only.")


@check("An empty body MUST be stored as an empty file", cite="RFC 9110 8.6")
def stores_empty(session: Session) -> None:
    _store(session, b"", "Content-Length: 0 is a body of no bytes.")


@check("A body of 100 KiB MUST be stored whole", cite="RFC 9112 6.2")
def stores_large(session: Session) -> None:
    _store(session, session.random.blob(100 << 10), WHOLE)


@check("A body that arrives after the head MUST be stored whole", cite="RFC 9112 6.2")
def body_after_the_head(session: Session) -> None:
    name, body = session.random.name(), session.random.word(99).encode()  # a nine is a digit, too
    request = session.build("POST", f"/files/{name}", body=body)
    connection = session.connect()
    connection.send_slowly(request.head, body[:20], body[20:])
    expect.status(connection.read("POST", ends=False), 201)
    expect.stored(session.files, name, body, WHOLE)


@check("An ordinary client (Python's requests) MUST get back the file that it has stored", cite="RFC 9110 3.5")
def ordinary_client(session: Session) -> None:
    name, content = session.random.name(), session.random.word(300)
    url, early = session.url(f"/files/{name}"), session.connect()
    early.ask(session.build("GET", f"/files/{name}"))
    early.something_comes()  # whatever it is: the file was not there yet
    early.close()
    with session.mainstream(without=NOT_YET) as client:
        expect.status_of(client.post(url, data=content), 201)
    with session.mainstream(without=NOT_YET) as client:  # on a connection of its own: one is enough for one request
        expect.text_of(client.get(url), content)


@check("The name of a file MUST be taken as it is: capitals, digits, dots and dashes", cite="RFC 9110 4.2.3")
def takes_names_as_they_are(session: Session) -> None:
    name = f"{session.random.word(5)}-{session.random.word(5, letters=ascii_uppercase)}_1.tar.{session.random.word(2)}"
    session.files.put(name, content := session.random.word().encode())
    expect.body(session.get(f"/files/{name}", ends=False), content, hint="Capitals count in paths, unlike in headers.")


@check("A stored file MUST be replaced by the next POST of its name", cite="RFC 9110 9.3.3")
def replaces(session: Session) -> None:
    name, old, body = session.random.name(), session.random.word(100).encode(), session.random.word().encode()
    expect.status(session.post(f"/files/{name}", old), 201)
    expect.body(session.get(f"/files/{name}", ends=False), old, hint=BYTES)
    expect.status(session.post(f"/files/{name}", body), 201)
    expect.stored(session.files, name, body, REPLACED)
    expect.body(session.get(f"/files/{name}", ends=False), body, hint=REPLACED)


@check("GET with .. in the path MUST NOT leave the directory", cite="RFC 9110 17.3")
def dots_stay_inside(session: Session) -> None:
    _keep_secret(session, "../", "x/../../")


@check("GET with an encoded .. in the path MUST NOT leave the directory", cite="RFC 9110 17.3")
def encoded_dots_stay_inside(session: Session) -> None:
    _keep_secret(session, "%2e%2e/", "..%2f")


@check("GET with an absolute path MUST NOT leave the directory", cite="RFC 9110 17.3")
def absolute_stays_inside(session: Session) -> None:
    _keep_secret(session, f"{session.files.root}/")


@check("GET MUST NOT follow a symlink out of the directory", cite="RFC 9110 17.3")
def symlink_stays_inside(session: Session) -> None:
    link, (name, secret) = session.random.name(), _put_secret(session)
    session.files.link(link, session.files.root / name)
    expect.not_in_body(session.get(f"/files/{link}", ends=False), secret, hint=INSIDE)


@check("POST MUST NOT write outside the directory", cite="RFC 9110 17.3")
def writes_stay_inside(session: Session) -> None:
    name, root = session.random.name(), session.files.root
    for target in (f"/files/../{name}", f"/files/%2e%2e/{name}", f"/files/{root}/{name}"):
        expect.answered(session.post(target, b"evil"))
        expect.not_written(session.files, name, hint=INSIDE, outside=True)


@check("GET of a directory SHOULD be answered 403 or 404", cite="RFC 9110 15.5.5", level=ADVICE)
def directory_is_refused(session: Session) -> None:
    for target in ("/files/", "/files/."):
        expect.status(session.get(target, ends=False), 403, 404, hint="A path can exist and be no file.")


@check("A name with a space, an é or a %, percent-encoded, SHOULD be found", cite="RFC 3986 2.1", level=ADVICE)
def encoded_name(session: Session) -> None:
    files = {f"{session.random.word()}{one}{session.random.name()}": session.random.word() for one in (" ", "é", "%41")}
    for name, content in files.items():
        session.files.put(name, content.encode())
    for name, content in files.items():
        expect.body(session.get(f"/files/{quote(name)}"), content.encode(), hint=DECODE)


@check("Two uploads at the same time SHOULD be kept apart", cite="course: concurrency", level=ADVICE)
def uploads_apart(session: Session) -> None:
    sizes = (session.random.number(1000, 2000), session.random.number(3000, 4000))
    uploads = [(session.random.name(), session.random.word(size).encode(), session.connect()) for size in sizes]
    for part in (slice(0, 500), slice(500, None)):
        for name, body, connection in uploads:
            head = session.build("POST", f"/files/{name}", body=body).head if part.start == 0 else b""
            connection.send(head + body[part])
            connection.until_read()
    for name, body, connection in uploads:
        expect.status(connection.read("POST", ends=False), 201)
        expect.stored(session.files, name, body, "What belongs to one connection must not lie where others write.")


@check("A client that reads slowly SHOULD get the whole file", cite="course: files", level=ADVICE, beside=True)
def slow_reader(session: Session) -> None:
    name, content = session.random.name(), session.random.word(1 << 12).encode() * (NO_BUFFER >> 12)
    session.files.put(name, content)
    connection = session.connect()
    connection.ask(session.build("GET", f"/files/{name}"))
    connection.stall(PAUSE_S)
    expect.body(expect.whole_for_a_slow_reader(connection, session.url(f"/files/{name}")), content, hint=BYTES)


@check("A request for a name that no file can have SHOULD be answered", cite="RFC 9110 15.5.5", level=ADVICE)
def impossible_name_is_answered(session: Session) -> None:
    word = session.random.word
    for name in (word(256), f"{word()}%00{word()}"):
        expect.answered(session.get(f"/files/{name}", ends=False))


@check("An upload SHOULD be stored or be answered by an error, whatever its name", cite="RFC 9110 15.3.2", level=ADVICE)
def stored_or_refused(session: Session) -> None:
    word, body = session.random.word, session.random.word(50).encode()
    session.files.put(f"{(folder := word())}/{(file := word())}", b"in the way")
    for name in (word(256), folder, f"{folder}/{file}/{word()}", f"{word()}/{word()}"):
        before = session.files.names()
        answer = session.post(f"/files/{name}", body)
        expect.stored_or_refused(session.files, name, body, answer, before=before, hint=REFUSED)


@check("201 SHOULD say in Location where the new file is", cite="RFC 9110 15.3.2", level=ADVICE)
def says_location(session: Session) -> None:
    name = session.random.name()
    location = expect.header(session.post(f"/files/{name}", b"new"), "Location", "It is the path of what was created.")
    expect.contains(location, name, "Location")


@check("The end of a 201 SHOULD be told: by a length, by chunks or by closing", cite="RFC 9112 6.3", level=ADVICE)
def end_of_201_is_told(session: Session) -> None:
    session.post(f"/files/{session.random.name()}", b"new", ends=True)


@check("An upload that is cut off SHOULD NOT leave a partial file", cite="RFC 9112 8", level=ADVICE)
def cut_off_upload(session: Session) -> None:
    name = session.random.name()
    connection = session.connect()
    connection.send(session.build("POST", f"/files/{name}", body=bytes(1000)).to_bytes()[:-500])
    connection.until_read()
    connection.close()
    expect.running(session)
    expect.not_written(session.files, name, hint="Store the file only when the whole body has come.")


@check("content-length in lower case SHOULD count", cite="RFC 9110 5.1", level=ADVICE)
def lower_case_length(session: Session) -> None:
    name, body = session.random.name(), session.random.word().encode()
    expect.status(session.post(f"/files/{name}", body, headers=[("content-length", str(len(body)))]), 201)
    expect.stored(session.files, name, body, "Header names ignore case.")
