"""Judges *folders*: the path of a folder is its index, and the path without slash leads there."""

from urllib.parse import quote, urljoin, urlsplit

from grader.author import Failure, Kind, Session, check, expect

INDEX = "index.html"
REDIRECTS = (301, 302, 303, 307, 308)
HERE = ("localhost", "127.0.0.1", "0.0.0.0", "::1")
SERVE = (
    "A path that ends with a slash means the index.html in that folder: add the name to the path.",
    "Print the path that you open: the directory, the folder and index.html, with slashes between.",
    "Others treated only / so, or opened the folder itself, which cannot be read.",
)
SLASH = (
    "Redirect a folder without its slash to the path with it: 301 and Location: /docs/.",
    "Look where you decide that the path is no file: ask there whether it is a folder.",
)
EMPTY = "A folder without an index.html gets 404: never the index of another folder."
ONE_SLASH = "Send a Location that begins with exactly one slash: browsers take //docs/ for a host."


def put_page(session: Session, folder: str) -> bytes:
    """The new index of a folder, an HTML document."""
    content = f"<!doctype html>\n<p>{session.random.word()}</p>\n".encode()
    expect.put(session.files, f"{folder}/{INDEX}", content)
    return content


def serve(session: Session, *folders: str) -> None:
    pages = {folder: put_page(session, folder) for folder in folders}
    for folder, content in pages.items():
        answer = session.get(f"/{folder}/", ends=False)
        expect.page(session, answer, f"{folder}/{INDEX}", content)


def lead_there(session: Session, *folders: str, query: str = "") -> None:
    """Folders without their slash are answered with a redirect to it, or with their page."""
    pages = {f"/{quote(folder)}": put_page(session, folder) for folder in folders}
    for path, content in pages.items():
        answer = session.get(path + query, ends=False)
        if answer.status in REDIRECTS:
            location = expect.header(answer, "Location").removesuffix(query)
            expect.leads_to(location, f"{path}/", asked=path)
            continue
        expect.status(answer, 301, 200)
        expect.body(answer, content)


@check(
    "GET /docs/ returns docs/index.html",
    "A server MUST answer the path of a folder, such as /docs/, with 200 and its index.html",
    cite="course: folders",
    hint=SERVE,
)
def serves_the_index(session: Session) -> None:
    serve(session, session.random.word())


@check(
    "The index of a folder is text/html",
    "A server MUST send the index of a folder with Content-Type: text/html",
    cite="RFC 9110 8.3",
    hint="Choose the type by the name of the file that you send, not by the path: /docs/ has none.",
)
def says_text_html(session: Session) -> None:
    put_page(session, folder := session.random.word())
    expect.media_type(session.get(f"/{folder}/", ends=False), "text/html")


@check(
    "Folders in folders have an index too",
    "A server MUST answer the path of a folder in other folders with its index.html",
    cite="course: folders",
    hint="Keep the whole path: each slash in it is one folder deeper.",
)
def serves_deep_folders(session: Session) -> None:
    serve(session, "/".join(session.random.word() for _ in range(4)))


@check(
    "Each folder has its own index",
    "A server MUST answer the path of each folder with the index.html of that folder",
    cite="course: folders",
    hint="Every index has the same name: a cache needs the whole path as its key.",
)
def each_its_own(session: Session) -> None:
    outer, inner = session.random.word(), session.random.word()
    serve(session, f"{outer}/{inner}", outer, inner)


@check(
    "A file next to the index is served",
    "A server MUST serve the other files in a folder, too",
    cite="course: folders",
    hint="Only a path that ends with a slash means index.html.",
)
def serves_other_files(session: Session) -> None:
    put_page(session, folder := session.random.word())
    name, content = f"{folder}/{session.random.name()}", session.random.word().encode()
    expect.put(session.files, name, content)
    expect.page(session, session.get(f"/{name}", ends=False), name, content)


@check(
    "GET /docs leads to /docs/",
    "A server MUST redirect a folder without its slash to the path with it, or send the page",
    cite="RFC 9110 15.4",
    hint=SLASH,
)
def leads_to_the_slash(session: Session) -> None:
    lead_there(session, session.random.word(), f"{session.random.word()}/{session.random.word()}")


@check(
    "A folder without an index gets 403, 404 or a list",
    "A server MUST answer a folder without an index.html with 403, 404 or a list of its files",
    cite="RFC 9110 15.5.5",
    hint=EMPTY,
)
def answers_without_an_index(session: Session) -> None:
    put_page(session, outer := session.random.word())
    name = session.random.name()
    session.files.put(f"{outer}/{(inner := session.random.word())}/{name}", b"text")
    answer = session.get(f"/{outer}/{inner}/", ends=False)
    expect.status(answer, 403, 404, 200)
    if answer.status == 200 and name.encode() not in (found := expect.decoded(answer)):
        raise Failure(
            Kind.MISMATCH,
            "The folder has no index.html, but the answer is 200, and is no list of its files.",
            expected=f"status 403 or 404, or a list that names {name}",
            actual=answer.head + found[:500],
        )


@check(
    "A missing folder gets 404",
    "A server MUST answer the path of a folder that does not exist with 404",
    cite="RFC 9110 15.5.5",
    hint="Reading a folder that does not exist fails: look first, or catch the error.",
)
def missing_is_404(session: Session) -> None:
    put_page(session, folder := session.random.word())
    for path in (f"/{session.random.word()}/", f"/{folder}/{session.random.word()}/"):
        expect.status(session.get(path, ends=False), 404)


@check(
    "A redirect does not lead to another host",
    "A redirect MUST NOT lead to another host, also for a path such as //docs",
    cite="RFC 3986 4.2",
    hint=ONE_SLASH,
)
def stays_on_this_host(session: Session) -> None:
    put_page(session, folder := session.random.word())
    for path in (f"//{folder}", f"///{folder}", f"//{session.random.word()}/%2e%2e/{folder}"):
        answer = session.get(path, ends=False)
        location = answer.header("Location") or "/"
        host = urlsplit(urljoin("http://localhost/", location)).hostname
        if answer.status in REDIRECTS and host not in HERE:
            raise Failure(
                Kind.MISMATCH,
                f"The redirect leads to another host: a browser takes {location} for"
                f" http://{host}/.",
                expected=f"Location: /{folder}/, or no redirect",
                actual=answer.head,
            )


@check(
    "A line end in a path makes no header",
    "A line end in a path MUST NOT become a line end in the answer",
    cite="RFC 9110 5.5",
    hint="Write a path into a header, such as Location, as it was sent: percent-encoded.",
)
def line_ends_make_no_header(session: Session) -> None:
    header = f"X-{session.random.word()}"
    lines = [f"{end}{header}: 1" for end in ("\r\n", "\n", "\r")]
    folders = [session.random.word() + line for line in lines]
    for folder in folders:
        put_page(session, folder)
    for name in (*folders, *(session.random.word() + line for line in lines)):
        request = session.build("GET", f"/{quote(name)}")
        expect.no_header_from_the_name(session, request, header)
