"""Judges *clean-urls*: /about is about.html, and a file as it is named comes first."""

from collections.abc import Mapping
from urllib.parse import quote

from grader.author import ADVICE, Session, check, expect

CLEAN = (
    "If the directory has no file with the name in the path, look for the name with .html.",
    "Print each name that you look for: of /about they are about and about.html.",
    "Others put .html behind every path, or looked for the name with .html in another directory.",
)
NAMED = "Look for the file as it is named first. Add .html only when there is no such file."
FOLDER = "Keep the whole path with its folders, and add .html to its end."
DECODED = "Decode %XX in the path once before you look for the file."


def serve(session: Session, named: Mapping[str, str]) -> None:
    """Each target means the file of its name in the site. All are put there before the first one is
    asked for: so they are there when a failure is repeated by hand."""
    contents = {name: session.random.page() for name in named.values()}
    for name, content in contents.items():
        expect.put(session.files, name, content)
    for target, name in named.items():
        expect.page(session, session.get(target, ends=False), name, contents[name])


@check(
    "GET /about returns about.html",
    "A server MUST answer GET /about with the file about.html",
    cite="course: clean-urls",
    hint=CLEAN,
)
def adds_the_suffix(session: Session) -> None:
    name = session.random.word()
    serve(session, {f"/{name}": f"{name}.html"})


@check(
    "A page without .html in its path is text/html",
    "A server MUST send about.html with Content-Type: text/html, also for GET /about",
    cite="RFC 9110 8.3",
    hint="Take the suffix from the name of the file that you found, not from the path.",
)
def says_text_html(session: Session) -> None:
    name = session.random.word()
    expect.put(session.files, f"{name}.html", session.random.page())
    expect.media_type(session.get(f"/{name}", ends=False), "text/html", hint=None)


@check(
    "GET /guide/about returns guide/about.html",
    "A server MUST answer GET /guide/about with the file about.html in the folder guide",
    cite="course: clean-urls",
    hint=FOLDER,
)
def adds_it_in_folders(session: Session) -> None:
    word = session.random.word
    paths = (f"{word()}/{word()}", f"{word()}/{word()}/{word()}")
    serve(session, {f"/{path}": f"{path}.html" for path in paths})


@check(
    "GET /about.html still works",
    "A server MUST answer GET /about.html with the page, or redirect to /about",
    cite="course: clean-urls",
    hint=NAMED,
)
def serves_it_by_name(session: Session) -> None:
    path, content = f"/{session.random.word()}", session.random.page()
    name = f"{path[1:]}.html"
    expect.put(session.files, name, content)
    answer = session.get(f"/{name}", ends=False)
    expect.page_or_redirect(session, answer, name, content, asked=f"/{name}", to=path)


@check(
    "A file with another suffix is found by its name",
    "A server MUST return a file such as site.css by its name",
    cite="course: clean-urls",
    hint=NAMED,
)
def serves_other_files(session: Session) -> None:
    names = (session.random.name(".css"), f"{session.random.word()}/{session.random.name()}")
    serve(session, {f"/{name}": name for name in names})


@check(
    "The file as it is named comes before the one with .html",
    "A server MUST answer GET /notes with the file notes, also when notes.html exists",
    cite="course: clean-urls",
    hint=NAMED,
)
def named_file_comes_first(session: Session) -> None:
    name = session.random.word()
    session.files.put(f"{name}.html", session.random.page("wrong: the file with .html"))
    serve(session, {f"/{name}": name})


@check(
    "GET / is still index.html",
    "A server MUST still answer GET / with index.html",
    cite="course: clean-urls",
    hint="The path / has no name to put .html behind: handle it first.",
)
def index_still_works(session: Session) -> None:
    serve(session, {"/": "index.html"})


@check(
    "A missing page gets 404",
    "A server MUST answer with 404 when there is neither the file nor the file with .html",
    cite="RFC 9110 15.5.5",
    hint="Answer 404 when neither of the two files exists.",
)
def missing_is_404(session: Session) -> None:
    expect.put(session.files, "index.html", session.random.page())
    for path in (session.random.word(), f"{session.random.word()}/{session.random.word()}"):
        expect.status(session.get(f"/{path}", ends=False), 404)


@check(
    "The page comes before a folder of the same name",
    "A server SHOULD answer GET /guide with guide.html when there is also a folder guide",
    cite="course: clean-urls",
    hint="A folder is not a file: look whether guide.html exists before you look at the folder.",
    level=ADVICE,
)
def page_comes_before_a_folder(session: Session) -> None:
    name = session.random.word()
    session.files.put(f"{name}/index.html", session.random.page("wrong: it is in the folder"))
    serve(session, {f"/{name}": f"{name}.html"})


@check(
    "A name with a dot in it gets .html too",
    "A server SHOULD answer GET /version-1.2 with the file version-1.2.html",
    cite="course: clean-urls",
    hint="A dot in the path does not mean that it has a suffix: look whether the file exists.",
    level=ADVICE,
)
def adds_it_after_a_dot(session: Session) -> None:
    name = f"{session.random.word()}-{session.random.number(1, 9)}.{session.random.number(0, 9)}"
    serve(session, {f"/{name}": f"{name}.html"})


@check(
    "A percent-encoded path is decoded",
    "A server SHOULD find a page by its percent-encoded path",
    cite="RFC 3986 2.1",
    hint=DECODED,
    level=ADVICE,
)
def decodes_the_path(session: Session) -> None:
    names = [f"{session.random.word()}{between}{session.random.word()}" for between in " é"]
    serve(session, {f"/{quote(name)}": f"{name}.html" for name in names})


@check(
    "A query string does not change the page",
    "A server SHOULD ignore the query string when it looks for the page",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark before you add .html.",
    level=ADVICE,
)
def query_keeps_the_page(session: Session) -> None:
    name = session.random.word()
    serve(session, {f"/{name}?from={session.random.word()}.x": f"{name}.html"})
