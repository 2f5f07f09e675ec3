"""What lies beside the plain case: a sibling, a NUL, folders, HEAD, links, and odd paths."""

from grader.author import ADVICE, Session, check, expect

from . import ABSOLUTE, DOTS, ENCODED, INSIDE, keep, put_secret, serve, targets

SIBLING = (
    "Add a / to the directory before you compare: /srv/site-secret begins with /srv/site, but is"
    " not inside it."
)
LINKS = "Resolve symlinks, too (realpath), before you compare the path with the directory."
NUL = "Answer 404 or 400 if the decoded path holds a NUL: no file has one in its name."
LISTED = "The answer lists a folder outside the site (from the marked byte on)."
SURVIVE = "Opening and decoding can fail: catch the error for this request, and answer 404 or 400."
ODD = (
    "..", ".", "...", "//", "/../", "%00", "%", "%2", "%zz", "%e9", "%ff%fe", "%c0%ae", "\\", "~",
    "%2f", "%0d%0a", "a%20b", "?", "??", "#", "*", "{}", "[", ";", "|", "a//b", "a/./b",
)  # fmt: skip


def _leaks(session: Session, target: str, secret: bytes) -> bool:
    return secret in expect.sent(session, session.build("GET", target))


@check(
    "A sibling whose name begins like the site's is outside",
    "A server MUST NOT serve a folder next to the site whose name begins like the site's",
    cite="RFC 9110 17.3",
    hint=SIBLING,
)
def sibling_stays_outside(session: Session) -> None:
    site, name, other = session.files.directory.name, session.random.name(), session.random.word()
    open_secret, open_index = (
        put_secret(session, other),
        put_secret(session, f"{other}-/index.html"),
    )
    sibling = f"{site}-{session.random.word()}"
    secret, page = put_secret(session, f"{sibling}/{name}"), put_secret(session, f"{sibling}.html")
    index = put_secret(session, f"{sibling}/index.html")
    for way in ("../", "..%2f", "%2e%2e/", f"{session.files.root}/"):
        if _leaks(session, f"/{way}{other}", open_secret):
            continue  # then it is not about the sibling
        for rest, content in ((f"/{name}", secret), ("", page), (".html", page)):
            keep(session, f"/{way}{sibling}{rest}", content)
        if not _leaks(session, f"/{way}{other}-/", open_index):
            keep(session, f"/{way}{sibling}/", index)


@check(
    "A NUL in the path does not open a file outside",
    "GET with a NUL in the path MUST NOT return a file from outside the site",
    cite="RFC 9110 17.3",
    hint=NUL,
)
def nul_stays_inside(session: Session) -> None:
    secret = put_secret(session, name := session.random.word())
    for way in targets(session, "../", "..%2f", "{folder}/../../", "{root}/"):
        if not _leaks(session, way + name, secret):  # else another check tells that
            for end in ("%00", "%00.html", "%00/index.html", f"%00{session.random.name()}"):
                keep(session, way + name + end, secret)
            keep(session, f"/%00{way}{name}", secret)
            keep(session, f"/{session.random.name()}%00{way}{name}", secret)


@check(
    "A folder outside is neither listed nor served",
    "A server MUST NOT list a folder outside the site, nor send its index.html",
    cite="RFC 9110 17.3",
    hint=INSIDE,
)
def folders_stay_outside(session: Session) -> None:
    secret = put_secret(session, other := session.random.word())
    put_secret(session, f"{(folder := session.random.word())}/{(name := session.random.word())}")
    index = put_secret(session, f"{(pages := session.random.word())}/index.html")
    for way in targets(session, *DOTS, *ENCODED, *ABSOLUTE):
        if _leaks(session, way + other, secret):
            continue  # another check tells that
        for target in (way, way.rstrip("/")):
            keep(session, target, other.encode(), LISTED)
        keep(session, f"{way}{folder}/", name.encode(), LISTED)
        keep(session, f"{way}{pages}/", index)


@check(
    "HEAD tells nothing of a file outside",
    "HEAD MUST NOT be answered with the size of a file outside the site",
    cite="RFC 9110 9.3.2",
    hint="Find the file in one function, and call it for GET and for HEAD.",
)
def head_stays_inside(session: Session) -> None:
    name, size = session.random.word(), session.random.number(3000, 9000)
    secret = session.random.word(size).encode()
    session.files.put_outside(name, secret)
    for way in targets(session, *DOTS, *ENCODED, *ABSOLUTE):
        if not _leaks(session, way + name, secret):  # else another check tells that
            expect.tells_no_size(session, session.build("HEAD", way + name), size)


@check(
    "Odd paths do not stop the server",
    "A path that leads out or cannot be decoded MUST NOT stop the server",
    cite="RFC 3986 2.1",
    hint=SURVIVE,
)
def odd_paths_are_survived(session: Session) -> None:
    word = session.random.word
    odd = [f"/{one}" for one in ODD] + [f"/{word()}{one}{word()}" for one in ODD]
    odd += [way + word() for way in targets(session, *DOTS, *ENCODED, *ABSOLUTE)]
    odd += ["/" + word(256), "/" + f"{word()}/" * 100, "/" + "../" * 100, "/" + "%2e%2e%2f" * 100]
    requests = [session.build(method, target) for target in odd for method in ("GET", "HEAD")]
    expect.all_survived(session, requests)


@check(
    "A link does not lead out of the site",
    "A server SHOULD NOT follow a symlink out of its site",
    cite="RFC 9110 17.3",
    hint=LINKS,
    level=ADVICE,
)
def links_stay_inside(session: Session) -> None:
    folder, name = session.random.word(), session.random.name(".html")
    secret = put_secret(session, f"{folder}/{name}")
    index = put_secret(session, f"{folder}/index.html")
    session.files.link(link := session.random.name(".html"), session.files.root / folder / name)
    session.files.link(to_folder := session.random.word(), session.files.root / folder)
    for target, content in (
        (f"/{link}", secret),
        (f"/{link.removesuffix('.html')}", secret),
        (f"/{to_folder}/{name}", secret),
        (f"/{to_folder}/", index),
    ):
        keep(session, target, content)


@check(
    "Two dots inside a name are a part of it",
    "A server SHOULD serve a file whose name holds two dots, such as a..b.txt",
    cite="RFC 3986 5.2.4",
    hint="Only a whole segment that is .. leads up: do not reject every path that holds two dots.",
    level=ADVICE,
)
def dots_in_a_name(session: Session) -> None:
    serve(session, f"{session.random.word()}..{session.random.name()}")
