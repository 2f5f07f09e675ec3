"""Containment: no path and no symlink leads out of the directory."""

from grader.author import ADVICE, Session, check, expect

INSIDE = (
    "Decode and resolve the whole path first. Then check that it is inside the directory,"
    " for GET and for POST."
)
SIBLING = (
    "Add a / to the directory before you compare: /srv/www-old begins with /srv/www, but"
    " is not inside it."
)
LINKS = (
    "Resolve symlinks too (realpath) before you compare the path with the directory, for"
    " GET and for POST."
)


def put_secret(session: Session, folder: str = "") -> tuple[str, bytes]:
    """The name and the content of a new file next to the served directory, or in a folder there."""
    name, secret = session.random.word(), session.random.word(40).encode()
    session.files.put_outside(folder + name, secret)
    return name, secret


def _keep_secret(session: Session, *forms: str) -> None:
    name, secret = put_secret(session)
    for way in expect.ways_out(session, *forms):
        _keep(session, f"/files/{way}{name}", secret)


def _keep(session: Session, target: str, secret: bytes) -> None:
    expect.gives_nothing_away(session, session.build("GET", target), secret, expect.OUTSIDE)


def _leaks(session: Session, target: str, secret: bytes) -> bool:
    return secret in expect.sent(session, session.build("GET", target))


def _leaves(session: Session, target: str, name: str) -> bool:
    expect.sent(session, session.build("POST", target, body=b"evil"))
    return session.files.exists(f"../{name}")


def _write_inside(session: Session, target: str, name: str) -> None:
    expect.not_written_outside(session, session.build("POST", target, body=b"evil"), name)


@check(
    "GET with .. stays inside the directory",
    "GET with .. in the path MUST NOT return a file from outside the directory",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def dots_stay_inside(session: Session) -> None:
    _keep_secret(session, *expect.DOTS)


@check(
    "GET with an encoded .. stays inside the directory",
    "GET with an encoded .. in the path MUST NOT return a file from outside the directory",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def encoded_dots_stay_inside(session: Session) -> None:
    _keep_secret(session, *expect.ENCODED)


@check(
    "GET with an absolute path stays inside the directory",
    "GET with an absolute path MUST NOT return a file from outside the directory",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def absolute_stays_inside(session: Session) -> None:
    _keep_secret(session, *expect.ABSOLUTE)


@check(
    "A directory with a similar name is outside",
    "A server MUST NOT read or write in a sibling whose name begins like the directory's",
    cite="RFC 9110 17.3",
    hint=SIBLING,
)
def sibling_stays_outside(session: Session) -> None:
    sibling = f"{session.files.directory.name}-{session.random.word()}"
    (name, secret), (other, open_secret) = put_secret(session, f"{sibling}/"), put_secret(session)
    for way in ("../", "..%2f", f"{session.files.root}/"):
        # else it is not about the sibling
        if not _leaks(session, f"/files/{way}{other}", open_secret):
            _keep(session, f"/files/{way}{sibling}/{name}", secret)
        new, elsewhere = session.random.word(), session.random.word()
        if not _leaves(session, f"/files/{way}{elsewhere}", elsewhere):
            _write_inside(session, f"/files/{way}{sibling}/{new}", new)


@check(
    "POST writes only inside the directory",
    "POST MUST NOT write outside the directory",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def writes_stay_inside(session: Session) -> None:
    name = session.random.name()
    existing, content = put_secret(session)
    for way in expect.ways_out(session, *expect.DOTS, *expect.ENCODED, *expect.ABSOLUTE):
        _write_inside(session, f"/files/{way}{name}", name)
        expect.sent(session, session.build("POST", f"/files/{way}{existing}", body=b"evil"))
        expect.unchanged(session.files, f"../{existing}", content)


@check(
    "GET does not follow a symlink to the outside",
    "GET SHOULD NOT follow a symlink out of the directory",
    cite="RFC 9110 17.3",
    hint=LINKS,
    level=ADVICE,
)
def symlink_stays_inside(session: Session) -> None:
    folder = session.random.word()
    name, secret = put_secret(session, f"{folder}/")
    session.files.link(link := session.random.name(), session.files.root / folder / name)
    session.files.link(to_folder := session.random.word(), session.files.root / folder)
    for target in (link, f"{to_folder}/{name}"):
        _keep(session, f"/files/{target}", secret)


@check(
    "POST does not write through a symlink to the outside",
    "POST SHOULD NOT write through a symlink out of the directory",
    cite="RFC 9110 17.3",
    hint=LINKS,
    level=ADVICE,
)
def writes_through_links_stay_inside(session: Session) -> None:
    folder, new = session.random.word(), session.random.word()
    name, content = put_secret(session, f"{folder}/")
    links = [session.random.name() for _ in range(3)]
    for link, target in zip(links, (f"{folder}/{name}", folder, new), strict=True):
        session.files.link(link, session.files.root / target)
    for target in (links[0], f"{links[1]}/{name}"):
        expect.sent(session, session.build("POST", f"/files/{target}", body=b"evil"))
        expect.unchanged(session.files, f"../{folder}/{name}", content)
    for target in (f"{links[1]}/{new}", links[2]):
        _write_inside(session, f"/files/{target}", new)


@check(
    "A directory gets 403 or 404",
    "A server SHOULD answer GET of a directory with 403 or 404",
    cite="RFC 9110 15.5.5",
    hint="Check that the path is a regular file: a directory exists, but cannot be sent.",
    level=ADVICE,
)
def directory_is_refused(session: Session) -> None:
    for target in ("/files/", "/files/."):
        expect.status(session.get(target, ends=False), 403, 404)


@check(
    "A file without read permission gets 403 or 404",
    "A server SHOULD answer with 403 or 404 when it has no permission to read the file",
    cite="RFC 9110 15.5.4",
    hint="Opening a file can fail: catch the error, and answer 403 or 404.",
    level=ADVICE,
)
def unreadable_is_refused(session: Session) -> None:
    (name, other), content = (
        (
            session.random.name(),
            session.random.name(),
        ),
        session.random.word().encode(),
    )
    session.files.put(other, content)
    # so that what was found out about one file is nothing to the other
    session.get(f"/files/{other}", ends=False)
    session.files.put(name, content, mode=0)
    answer = session.get(f"/files/{name}", ends=False)
    if answer.status == 200 and expect.decoded(answer) == content:
        return  # a program with the rights of root can read it
    expect.status(answer, 403, 404)
