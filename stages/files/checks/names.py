"""A name is data: nothing in it is executed or expanded, is a header, or ends anything."""

from string import ascii_uppercase

from grader.author import Session, check, expect

from . import (
    FOR_NO_OPTION,
    FOR_NO_SHELL,
    SHELL,
    encoded,
    passes,
    store,
)

LONG = (
    "Use the whole name: a file system accepts 255 bytes, but a buffer of your own may be shorter."
)
ENCODE = "Percent-encode the name again before you write it into Location."
SURVIVE = (
    "Decoding a name, splitting a query and opening a file can fail: catch the error in the"
    " handler of this connection."
)

COMMANDS = ("$({})", "`{}`", ";{};", "|{}", "|{}|", "&{}&", "';{};'", '";{};"', "\n{}\n", ";{}|")
BOTH = (("GET", None), ("POST", b"odd"))
# the last: two letters that end in 0D and 0A
LINE_ENDS = ("%0d%0a", "%0a", "%0d", "%E5%98%8D%E5%98%8A")
UNDECODABLE = ("100%", "%zz", "%4", "%C0%80", "%E9", "%ED%A0%80", "%u00e9")
QUERIES = ("?v=2", "?", "??", "?/../..", "?a=%zz")


def _odd_targets(session: Session) -> list[str]:
    """Paths that a program may stumble over: out of the directory, not decodable, with queries, no
    names of files."""
    word = session.random.word
    odd = [
        word(256),
        f"{word()}%00{word()}",
        "",
        ".",
        "..",
        "/",
        f"{word()}/{word()}",
        f"{word()}/",
    ]
    forms = (*expect.DOTS, *expect.ENCODED, *expect.ABSOLUTE)
    odd += [way + word() for way in expect.ways_out(session, *forms)]
    odd += [encoded(word() + mark + word()) for mark in (*FOR_NO_SHELL, *FOR_NO_OPTION)]
    odd += [word() + rest for rest in (*UNDECODABLE, *LINE_ENDS, *QUERIES)]
    return [f"/files/{name}" for name in odd]


@check(
    "A file name is taken literally",
    "A server MUST take a file name literally: capitals, digits, dots and dashes",
    cite="RFC 9110 4.2.3",
    hint="Do not change the case of a name: paths are case-sensitive.",
)
def takes_names_as_they_are(session: Session) -> None:
    words = session.random
    name = f"{words.word(5)}-{words.word(5, letters=ascii_uppercase)}_1.tar.{words.word(2)}"
    session.files.put(name, content := session.random.word().encode())
    expect.body(session.get(f"/files/{name}", ends=False), content)


@check(
    "A long file name is taken whole",
    "A server MUST take a file name of up to 200 characters whole",
    cite="RFC 9110 4.1",
    hint=LONG,
)
def takes_long_names(session: Session) -> None:
    stores = passes(store, session, b"ordinary")  # else stores_a_body tells that
    for length in (session.random.number(65, 99), 200):
        alike, content = session.random.word(length), session.random.word().encode()
        for name in (f"{alike}a", f"{alike}b"):
            session.files.put(name, content + name[-1:].encode())
            expect.status(answer := session.get(f"/files/{name}", ends=False), 200)
            expect.body(answer, content + name[-1:].encode())
        if stores:
            expect.status(session.post(f"/files/{alike}c", content), 201)
            expect.stored(session, f"{alike}c", content)


@check(
    "A command in a file name is not executed",
    "A server MUST NOT execute a command in a file name",
    cite="RFC 9110 17.3",
    hint=SHELL,
)
def commands_are_names(session: Session) -> None:
    one, other, made = (session.random.word() for _ in range(3))
    session.files.put(one + other, output := f"{one}{other}".encode())
    problem = (
        "The answer contains the output of a command in the file name (from the marked byte on)."
    )
    for command in COMMANDS:
        target = f"/files/{encoded(command.format(f'printf {one}%s {other}'))}"
        expect.gives_nothing_away(session, session.build("GET", target), output, problem)
    for command in COMMANDS:
        target = f"/files/{encoded(command.format(f'touch {session.files.root}/{made}'))}"
        for method, body in BOTH:
            expect.not_written_outside(session, session.build(method, target, body=body), made)


@check(
    "A pattern in a file name is not expanded",
    "A server MUST NOT expand a pattern or a variable in a file name",
    cite="RFC 9110 17.3",
    hint=SHELL,
)
def patterns_are_names(session: Session) -> None:
    name = session.random.word()
    content = session.random.word(40).encode()
    unset = session.random.word()
    session.files.put(name, content)
    start, end = name[:5], name[5:]
    patterns = [
        f"{start}*",
        f"*{end}",
        f"{start}?????",
        f"{start}[a-z0-9]{name[6:]}",
        f"{start}{{{end},}}",
    ]
    patterns += [
        f"{name}$u{unset}",
        f"{name}${{u{unset}}}",
        f"{start}''{end}",
        f'{start}""{end}',
        f"{start}\\{end}",
    ]
    problem = "The answer contains a file with another name (from the marked byte on)."
    for pattern in map(encoded, patterns):
        expect.gives_nothing_away(
            session, session.build("GET", f"/files/{pattern}"), content, problem
        )
        expect.sent(session, session.build("POST", f"/files/{pattern}", body=b"evil"))
        expect.unchanged(session.files, name, content)


@check(
    "A line end in a file name makes no header",
    "A line end in a file name MUST NOT become a line end in the answer",
    cite="RFC 9110 5.5",
    hint=ENCODE,
)
def line_ends_make_no_header(session: Session) -> None:
    word = session.random.word
    for line_end in LINE_ENDS:
        for method, body in BOTH:
            request = session.build(
                method, f"/files/{word()}{line_end}X-{(header := word())}:%20{word()}", body=body
            )
            expect.no_header_from_the_name(session, request, f"X-{header}")


@check(
    "Odd file names do not stop the server",
    "An odd file name or a query string MUST NOT stop the server",
    cite="RFC 3986 2.1",
    hint=SURVIVE,
)
def odd_names_are_survived(session: Session) -> None:
    targets = _odd_targets(session)
    asked = [
        session.build(method, target, body=body) for target in targets for method, body in BOTH
    ]
    expect.all_survived(session, asked)
