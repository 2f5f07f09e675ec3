"""A name is data: whatever stands in it is not executed, not expanded, and no header; and it ends nothing."""

from string import ascii_uppercase
from urllib.parse import quote

from grader import expect
from grader.check import ADVICE, check
from grader.failure import Kind
from grader.session import Session

from . import ABSOLUTE, DOTS, ENCODED, passes, store, ways_out

REFUSED = "The system refuses some names, those longer than 255 bytes for one: catch its error, and answer 404."
DECODE = "Percent-decode the name, once, before you open it."
DATA = "Percent-decode the name once, and give it to the system as it is: no sign in it means anything to you."
LONG = "Give the whole name to the system: it takes 255 bytes, and a buffer of your own may be too short."
SHELL = "Give no name to a shell: open the file with your language's own functions."
ENCODE = "Percent-encode the name again before you put it into Location."
SURVIVE = "Decoding a name and opening a file can fail: catch the error in the handler of this connection."
QUERY = "The path ends before the question mark."

COMMANDS = ("$({})", "`{}`", ";{};", "|{}", "|{}|", "&{}&", "';{};'", '";{};"', "\n{}\n", ";{}|")
BOTH = (("GET", None), ("POST", b"odd"))
LINE_ENDS = ("%0d%0a", "%0a", "%0d", "%E5%98%8D%E5%98%8A")  # the last: two letters that end in 0D and 0A
UNDECODABLE = ("100%", "%zz", "%4", "%C0%80", "%E9", "%ED%A0%80", "%u00e9")
FOR_NO_SHELL = (
    "'",
    '"',
    "`",
    "$HOME",
    "*",
    "?",
    "[",
    "[a-z]",
    "{a,b}",
    "~",
    "~root",
    "\\",
    ";",
    "|",
    "&",
    "<",
    "(",
    "!",
    "#",
)
FOR_NO_URL = (":", "=", ",", "  ", "%41", "%2541", "&amp;", "@", "é", "\u0085")
LINE_BREAKS = ("\n", "\r\n")
FOR_NO_OPTION = ("-", "--", "-rf", "--help", " ", "+", "%", "%s%n", "\t")
QUERIES = ("?v=2", "?", "??", "?/../..", "?a=%zz")


def _encoded(name: str) -> str:
    """With what a path may hold as it is (RFC 3986 3.3): an encoded name might never reach a shell."""
    return quote(name, safe="/$*;'()!~&+-")


def _odd_targets(session: Session) -> list[str]:
    """Paths that a program may stumble over: out of the directory, not decodable, with queries, no names of files."""
    word = session.random.word
    odd = [word(256), f"{word()}%00{word()}", "", ".", "..", "/", f"{word()}/{word()}", f"{word()}/"]
    odd += [way + word() for way in ways_out(session, *DOTS, *ENCODED, *ABSOLUTE)]
    odd += [_encoded(word() + mark + word()) for mark in (*FOR_NO_SHELL, *FOR_NO_OPTION)]
    odd += [word() + rest for rest in (*UNDECODABLE, *LINE_ENDS, *QUERIES)]
    return [f"/files/{name}" for name in odd]


@check("The name of a file MUST be taken as it is: capitals, digits, dots and dashes", cite="RFC 9110 4.2.3")
def takes_names_as_they_are(session: Session) -> None:
    name = f"{session.random.word(5)}-{session.random.word(5, letters=ascii_uppercase)}_1.tar.{session.random.word(2)}"
    session.files.put(name, content := session.random.word().encode())
    expect.body(session.get(f"/files/{name}", ends=False), content, hint="Capitals count in paths, unlike in headers.")


@check("The name of a file MUST be taken whole, up to 200 characters", cite="RFC 9110 4.1")
def takes_long_names(session: Session) -> None:
    stores = passes(store, session, b"ordinary")  # else stores_a_body tells that
    for length in (session.random.number(65, 99), 200):
        alike, content = session.random.word(length), session.random.word().encode()
        for name in (f"{alike}a", f"{alike}b"):
            session.files.put(name, content + name[-1:].encode())
            expect.status(answer := session.get(f"/files/{name}", ends=False), 200, hint=LONG)
            expect.body(answer, content + name[-1:].encode(), hint=LONG)
        if stores:
            expect.status(session.post(f"/files/{alike}c", content), 201, hint=LONG)
            expect.stored(session.files, f"{alike}c", content, LONG)


@check("A command in the name of a file MUST NOT be executed", cite="RFC 9110 17.3")
def commands_are_names(session: Session) -> None:
    one, other, made = (session.random.word() for _ in range(3))
    session.files.put(one + other, output := f"{one}{other}".encode())
    problem = "The answer contains the output of a command that stood in the name (from the marked byte on)."
    for command in COMMANDS:
        target = f"/files/{_encoded(command.format(f'printf {one}%s {other}'))}"
        expect.gives_nothing_away(session, session.build("GET", target), output, problem, SHELL)
    for command in COMMANDS:
        target = f"/files/{_encoded(command.format(f'touch {session.files.root}/{made}'))}"
        for method, body in BOTH:
            expect.not_written_outside(session, session.build(method, target, body=body), made, SHELL)


@check("A pattern or a variable in the name of a file MUST NOT be expanded", cite="RFC 9110 17.3")
def patterns_are_names(session: Session) -> None:
    name, content, unset = session.random.word(), session.random.word(40).encode(), session.random.word()
    session.files.put(name, content)
    start, end = name[:5], name[5:]
    patterns = [f"{start}*", f"*{end}", f"{start}?????", f"{start}[a-z0-9]{name[6:]}", f"{start}{{{end},}}"]
    patterns += [f"{name}$u{unset}", f"{name}${{u{unset}}}", f"{start}''{end}", f'{start}""{end}', f"{start}\\{end}"]
    problem = "The answer contains a file of another name (from the marked byte on)."
    for pattern in map(_encoded, patterns):
        expect.gives_nothing_away(session, session.build("GET", f"/files/{pattern}"), content, problem, SHELL)
        expect.sent(session, session.build("POST", f"/files/{pattern}", body=b"evil"))
        expect.unchanged(session.files, name, content, SHELL)


@check("A line end in the name of a file MUST NOT become one in the answer", cite="RFC 9110 5.5")
def line_ends_make_no_header(session: Session) -> None:
    word = session.random.word
    for line_end in LINE_ENDS:
        for method, body in BOTH:
            request = session.build(method, f"/files/{word()}{line_end}X-{(header := word())}:%20{word()}", body=body)
            expect.no_header_from_the_name(session, request, f"X-{header}", ENCODE)


@check("An odd name or a query MUST NOT stop the server", cite="RFC 3986 2.1")
def odd_names_are_survived(session: Session) -> None:
    targets = _odd_targets(session)
    asked = [session.build(method, target, body=body) for target in targets for method, body in BOTH]
    expect.all_survived(session, asked, hint=SURVIVE)


def _put_encoded_names(session: Session) -> dict[str, bytes]:
    """New files, by their names: what is in each of them."""
    names = [f"{session.random.word()}{one}{session.random.name()}" for one in (" ", "é", "%41")]
    files = {name: session.random.word().encode() for name in names}
    for name, content in files.items():
        session.files.put(name, content)
    return files


def _finds_encoded_names(session: Session) -> bool:
    files = _put_encoded_names(session).items()
    return all(expect.decoded(session.get(f"/files/{quote(name)}", ends=False)) == content for name, content in files)


@check("A name with a space, an é or a %, percent-encoded, SHOULD be found", cite="RFC 3986 2.1", level=ADVICE)
def encoded_name(session: Session) -> None:
    for name, content in _put_encoded_names(session).items():
        expect.body(session.get(f"/files/{quote(name)}"), content, hint=DECODE)


@check(
    "A name that a shell or a program would read otherwise SHOULD be taken as it is", cite="RFC 3986 2.1", level=ADVICE
)
def odd_names_are_names(session: Session) -> None:
    if not _finds_encoded_names(session):
        return  # encoded_name tells that
    hints = {SHELL: (*FOR_NO_SHELL, *FOR_NO_OPTION), DATA: (*FOR_NO_URL, *LINE_BREAKS)}
    for hint, mark in ((hint, mark) for hint, marks in hints.items() for mark in marks):
        word, body = session.random.word(), session.random.word(50).encode()
        for name in (mark + word, word[:5] + mark + word[5:]):
            before = session.files.names()
            with expect.left_to_another_check(Kind.MALFORMED):  # line_ends_make_no_header
                answer = session.post(f"/files/{_encoded(name)}", body)
                expect.stored_or_refused(session.files, name, body, answer, before=before, hint=hint)


@check("A file SHOULD be found whatever signs its name has, percent-encoded", cite="RFC 3986 2.1", level=ADVICE)
def every_sign(session: Session) -> None:
    if not _finds_encoded_names(session):
        return  # encoded_name tells that
    word = session.random.word
    marks = (*FOR_NO_SHELL, *FOR_NO_OPTION, *FOR_NO_URL)
    for name in (*(word(5) + mark.lower() + word(5) for mark in marks), f"{word()} ", f" {word()}"):
        session.files.put(name, content := word().encode())
        answer = session.get(f"/files/{quote(name)}", ends=False)
        expect.status(answer, 200, hint=DECODE)
        expect.body(answer, content, hint=DECODE)


@check("A query SHOULD NOT be part of the name", cite="RFC 9110 4.2.3", level=ADVICE)
def query_is_no_name(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    session.files.put(name, content)
    queries = ("v=2", "", f"/files/{session.random.word()}")
    for query in queries:
        expect.body(session.get(f"/files/{name}?{query}", ends=False), content, hint=QUERY)
    for query in queries:
        new, body = session.random.name(), session.random.word().encode()
        expect.status(session.post(f"/files/{new}?{query}", body), 201, hint=QUERY)
        expect.stored(session.files, new, body, QUERY)


@check("A request for a name that no file can have SHOULD be answered", cite="RFC 9110 15.5.5", level=ADVICE)
def impossible_name_is_answered(session: Session) -> None:
    word = session.random.word
    impossible = [word(256), f"{word()}%00{word()}", *(way + word() for way in ways_out(session, *DOTS, *ABSOLUTE))]
    with expect.left_to_another_check(Kind.EXIT):
        for name in impossible:
            expect.answered(session.get(f"/files/{name}", ends=False))
            expect.answered(session.post(f"/files/{name}", b"odd"))


@check(
    "An upload SHOULD be stored or be answered by an error, whatever its name",
    cite="RFC 9110 15.3.2",
    level=ADVICE,
    own_launch=True,  # what earlier uploads have left would hide what these leave
)
def stored_or_refused(session: Session) -> None:
    word, body = session.random.word, session.random.word(50).encode()
    session.files.put(f"{(folder := word())}/{(file := word())}", b"in the way")
    for name in (word(256), folder, f"{folder}/{file}/{word()}", f"{word()}/{word()}"):
        before = session.files.names()
        answer = session.post(f"/files/{name}", body)
        expect.stored_or_refused(session.files, name, body, answer, before=before, hint=REFUSED)
