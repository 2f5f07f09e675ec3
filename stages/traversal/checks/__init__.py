"""Judges *traversal*: no path leads out of the site, however it is written."""

from collections.abc import Iterator

from grader.author import Session, check, expect

SERVE = (
    "Join the directory after --static and the path, and answer 200 with that file: your guard must"
    " let it through.",
    "Print the directory and the resolved path: which of the two begins with the other?",
)
INSIDE = (
    "Decode the path once, join it to the directory, and resolve the result (realpath). Only then"
    " check that it is inside the directory.",
    "Print the resolved path that you open: it must begin with the directory and a slash.",
    "Others searched the path for .. before they decoded it, or removed ../ only once.",
)
DOTS = (*expect.DOTS, "{folder}/../{folder}/../../", "../{{site}}/../", "..;/", "?/../../")
ENCODED = (
    *expect.ENCODED,
    ".%2e/",
    "%2e./",
    "{folder}/%2e%2e/%2e%2e/",
    "{folder}/..%2f../",
    "%2e%2e%5c",
    "..\\",
    "%c0%ae%c0%ae/",
    "%u002e%u002e/",
)
ABSOLUTE = (*expect.ABSOLUTE, "%2f{root}/", "file://{root}/", ".{root}/", "{folder}/{root}/")


def put_secret(session: Session, name: str) -> bytes:
    """The content of a new file beside the site; name: where it is, below the directory that the
    site lies in."""
    secret = session.random.word(40).encode()
    session.files.put_outside(name, secret)
    return secret


def targets(session: Session, *forms: str) -> Iterator[str]:
    """What leads out of the site in each of these forms, up to the name of a file."""
    site = session.files.directory.name
    for way in expect.ways_out(session, *forms):
        yield f"/{way.replace('{site}', site)}"


def keep(session: Session, target: str, secret: bytes, problem: str = expect.OUTSIDE) -> None:
    """GET of this target gives nothing away, alone and before a query. problem: what is wrong when
    it does."""
    for query in ("", "?v=1"):
        request = session.build("GET", target + query)
        expect.gives_nothing_away(session, request, secret, problem)


def keep_secret(session: Session, *forms: str) -> None:
    secret = put_secret(session, name := session.random.word())
    page = put_secret(session, f"{(stem := session.random.word())}.html")
    for way in targets(session, *forms):
        keep(session, way + name, secret)
        keep(session, way + stem, page)  # as with the suffix of a clean URL


def serve(session: Session, name: str) -> None:
    expect.put(session.files, name, content := session.random.word().encode())
    expect.page(session, session.get(f"/{name}", ends=False), name, content)


@check(
    "A file of the site is served",
    "A server MUST answer the path of a file in its --static directory with 200 and the file",
    cite="course: traversal",
    hint=SERVE,
)
def serves_a_file(session: Session) -> None:
    serve(session, session.random.name())


@check(
    "A path with .. stays inside the site",
    "GET with .. in the path MUST NOT return a file from outside the site",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def dots_stay_inside(session: Session) -> None:
    keep_secret(session, *DOTS)


@check(
    "An encoded .. or a backslash stays inside the site",
    "GET with an encoded .. or a backslash MUST NOT return a file from outside the site",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def encoded_dots_stay_inside(session: Session) -> None:
    keep_secret(session, *ENCODED)


@check(
    "An absolute path stays inside the site",
    "GET with an absolute path in the target MUST NOT return a file from outside the site",
    cite="RFC 9110 17.3",
    hint="Remove every slash at the beginning of the decoded path before you join it.",
)
def absolute_stays_inside(session: Session) -> None:
    keep_secret(session, *ABSOLUTE)


@check(
    "A target with scheme and host stays inside the site",
    "GET with a whole URL as its target MUST NOT return a file from outside the site",
    cite="RFC 9112 3.2.2",
    hint="Cut scheme and host off a target such as http://localhost/x. Treat the rest as a path.",
)
def whole_url_stays_inside(session: Session) -> None:
    secret = put_secret(session, name := session.random.word())
    starts = [f"http://{session.host}/", "http://x/", "http:/", "//localhost/", f"{session.host}/"]
    ways = [start + way for start in starts for way in ("../", "..%2f", "%2e%2e/", "../../")]
    for way in (*ways, f"file://{session.files.root}/", "../", f"http:{session.files.root}/"):
        keep(session, way + name, secret)
