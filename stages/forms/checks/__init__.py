"""Judges *forms*: the body of a POST is fields, as a browser sends those of a form."""

from collections.abc import Mapping
from urllib.parse import urlencode

from grader.author import Response, Session, check, expect

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FORM = "application/x-www-form-urlencoded"
MANY, LONG = 100, 60_000
FIELDS = (
    "Read as many bytes of the body as Content-Length says, and split them as a query string.",
    "Print the body that you read, the fields that you found, and the JSON that you made of them.",
    "Others looked for the fields in the path, or sent the value of each field in a list.",
)
REPEATED = "When a name comes again, make a list of its values, in their order."
READ_ON = "One recv need not bring all of the body: read until it has as many bytes as announced."
TYPE = (
    "Look at the Content-Type before you look at the body: answer 415 to all but a form.",
    "Compare only what stands before the first semicolon, in lower case.",
    "Others compared the whole value, which may end in ; charset=UTF-8.",
)

Fields = Mapping[str, str | list[str]]


def name(session: Session) -> str:
    return session.random.word(letters=LETTERS)


def post(session: Session, body: str, media_type: str = FORM) -> Response:
    return session.post("/form", body.encode(), headers=[("Content-Type", media_type)])


def finds(session: Session, body: str, wanted: Fields, media_type: str = FORM) -> None:
    """A form with this body is answered with these fields."""
    expect.json_is(post(session, body, media_type), dict(wanted))


@check(
    "POST /form is answered with its fields as JSON",
    "A server MUST answer POST /form with 200 and a JSON object of the fields in its body",
    cite="course: forms",
    hint=FIELDS,
)
def answers_the_fields(session: Session) -> None:
    fields = {name(session): session.random.word() for _ in range(3)}
    finds(session, urlencode(fields), fields)


@check(
    "A repeated field is a list of its values",
    "A server MUST answer with a list of values where a name comes more than once",
    cite="course: forms",
    hint=REPEATED,
)
def repeated_field(session: Session) -> None:
    word, once, again = session.random.word, name(session), name(session)
    values, value = [word() for _ in range(3)], word()
    body = f"{again}={values[0]}&{once}={value}&{again}={values[1]}&{again}={values[2]}"
    finds(session, body, {again: values, once: value})


@check(
    "A field may be empty",
    "A server MUST keep a field whose value is empty",
    cite="course: forms",
    hint="An empty value is a value: a browser sends the fields that were left empty, too.",
)
def empty_value(session: Session) -> None:
    one, two = name(session), name(session)
    finds(session, f"{one}=&{two}=x", {one: "", two: "x"})


@check(
    "The media type may have parameters, in any case",
    "A server MUST take a form whose Content-Type has a charset, or is in capitals",
    cite="RFC 9110 8.3.1",
    hint=TYPE,
)
def media_type_with_parameters(session: Session) -> None:
    for media_type in (f"{FORM}; charset=UTF-8", f"{FORM};charset=utf-8", FORM.title()):
        field, value = name(session), session.random.word()
        finds(session, f"{field}={value}", {field: value}, media_type)


@check(
    "Other media types are refused",
    "A server MUST answer 415 (or 400, 422) to a body that is not a form",
    cite="RFC 9110 15.5.16",
    hint=TYPE,
)
def refuses_other_types(session: Session) -> None:
    body = f"{name(session)}={session.random.word()}"
    for media_type in ("application/json", "text/plain; charset=utf-8", f"{FORM}-not"):
        expect.status(post(session, body, media_type), 415, 400, 422)


@check(
    "A form of 64 KB comes back whole",
    "A server MUST read a form of 64 KB whole: 100 fields, or one that is long",
    cite="RFC 9112 6.3",
    hint=READ_ON,
)
def large_forms(session: Session) -> None:
    size = 65_536 // MANY - 12
    fields = {name(session): session.random.word(size) for _ in range(MANY)}
    finds(session, urlencode(fields), fields)
    field, value = name(session), session.random.word(LONG)
    finds(session, f"{field}={value}", {field: value})


@check(
    "Each request has its own fields",
    "A server MUST NOT answer with fields of an earlier request",
    cite="course: forms",
    hint="Make a new dictionary for each request: one outside of the handler is shared by all.",
)
def nothing_is_kept(session: Session) -> None:
    field = name(session)
    for _ in range(2):
        other, one, two = name(session), session.random.word(), session.random.word()
        finds(session, f"{field}={one}&{other}={two}", {field: one, other: two})


@check(
    "A malformed form does not end the program",
    "A server MUST live on when a form is malformed, or its client leaves in the middle",
    cite="course: forms",
    hint="Decoding can fail, and recv may return nothing: catch errors for each request.",
)
def malformed_is_survived(session: Session) -> None:
    headers = [("Content-Type", FORM)]
    bodies = (b"a=%", b"a=%zz&b=%4", b"a=%ff%fe&b=\xff\xfe", b"&&=&a&==", b"a=%00", b"\0")
    requests = [session.build("POST", "/form", headers=headers, body=body) for body in bodies]
    expect.all_survived(session, requests)
    whole = session.build("POST", "/form", headers=headers, body=b"a=" + b"x" * 1000).to_bytes()
    session.connect().send_and_leave(whole[:-500])
    expect.running(session)
    expect.serves_others(session)
