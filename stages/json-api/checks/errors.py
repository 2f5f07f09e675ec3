"""What is refused: JSON that is malformed, of another type or shape, or nested too deep."""

import json

from grader.author import ADVICE, Failure, Kind, Request, Response, Session, check, expect

from . import ITEMS, JSON, ask, create, is_there, lists_no, path_of

DEPTH = 100_000
SHAPE = (
    "Look at the type of what you have parsed: an object, with a name that is a string.",
    "Print the value that you parsed, and its type.",
    "Others answered 500 when the name was missing, or took a number for a name.",
)
DEEP = (
    "Limit how long a body may be, or how deep it is nested, and catch the error of the parser.",
    "Look at how your parser reads [[[: one that calls itself needs its stack for each bracket.",
    "Others let the parser run out of its stack, which ended the program.",
)


@check(
    "Malformed JSON is refused",
    "A server MUST answer 400 (or 422) to JSON that is cut off, or in single quotes",
    cite="RFC 9110 15.5.1",
    hint="Catch the error of the parser, and answer 400. Store nothing.",
    asks=("json-api/reads_one", "json-api/lists_all"),
)
def malformed(session: Session) -> None:
    name, item = session.random.word(), create(session)
    for sent in (f'{{"name": "{name}', f"{{'name': '{name}'}}", f'{{"name": "{name}"', name):
        for method, path in (("POST", ITEMS), ("PUT", path_of(item))):
            expect.status(ask(session, method, path, sent=sent.encode()), 400, 422)
    lists_no(session, name, "which came in malformed JSON")
    is_there(session, item)


@check(
    "Another media type is refused",
    "A server MUST answer 415 (or 400, 422) to a body that is not application/json",
    cite="RFC 9110 15.5.16",
    hint="Look at the Content-Type before you parse the body, without its parameters.",
    asks=("json-api/lists_all",),
)
def other_types(session: Session) -> None:
    name = session.random.word()
    body = json.dumps({"name": name}).encode()
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        answer = session.post(ITEMS, body, headers=[("Content-Type", media_type)])
        expect.status(answer, 415, 400, 422)
    lists_no(session, name, "which came as another media type")


@check(
    "The media type may have a charset",
    "A server MUST take JSON whose Content-Type has a parameter, as in ; charset=utf-8",
    cite="RFC 9110 8.3.1",
    hint="Compare only what stands before the first semicolon.",
)
def type_with_a_charset(session: Session) -> None:
    body = json.dumps({"name": session.random.word()}).encode()
    for parameter in ("; charset=utf-8", ";charset=UTF-8"):
        headers = [("Content-Type", JSON + parameter)]
        expect.status(session.post(ITEMS, body, headers=headers), 201)


@check(
    "A value of another shape is refused",
    "A server MUST answer 400 or 422 to JSON that is no object with a name that is a string",
    cite="RFC 9110 15.5.21",
    hint=SHAPE,
    asks=("json-api/reads_one",),
)
def other_shapes(session: Session) -> None:
    word, item = session.random.word(), create(session)
    for value in ([word], {word: "x"}, {"name": 7}, {"name": None}, {"name": [word]}, word, 7):
        expect.status(ask(session, "POST", ITEMS, value), 400, 422)
        expect.status(ask(session, "PUT", path_of(item), value), 400, 422)
    is_there(session, item)


@check(
    "Errors of the API have a JSON body",
    "A server MUST send a JSON body with each error under /api/",
    cite="course: json-api",
    hint="A client of an API parses each answer: send JSON with errors too, such as an object.",
    asks=("json-api/malformed", "json-api/other_types", "json-api/other_shapes"),
)
def errors_are_json(session: Session) -> None:
    word, unknown = session.random.word(), f"{ITEMS}/{session.random.number(10**7, 10**8)}"
    wrong_type = [("Content-Type", "text/plain")]
    errors = {
        f"GET {unknown}": ask(session, "GET", unknown),
        f"GET /api/{word}": ask(session, "GET", f"/api/{word}"),
        "malformed JSON": ask(session, "POST", ITEMS, sent=b"{"),
        "another shape": ask(session, "POST", ITEMS, {}),
        "another media type": session.post(ITEMS, b"{}", headers=wrong_type),
        f"DELETE {ITEMS}": ask(session, "DELETE", ITEMS),
    }
    for what, answer in errors.items():
        is_json(answer, what)


def is_json(answer: Response, what: str) -> None:
    if answer.status < 400:
        expect.refused(answer, 404, 405)
    if not (answer.media_type or "").endswith("json"):
        raise Failure(
            Kind.MISMATCH,
            f"The answer to {what} is {answer.status}, and its body is not application/json.",
            expected="Content-Type: application/json",
            actual=answer.head,
        )
    expect.json_value(answer, answer.status)


def nested(session: Session, *, in_an_object: bool) -> Request:
    """100,000 brackets in one another, alone or as the name."""
    brackets = b"[" * DEPTH + b"]" * DEPTH
    body = b'{"name": ' + brackets + b"}" if in_an_object else brackets
    return session.build("POST", ITEMS, headers=[("Content-Type", JSON)], body=body)


@check(
    "JSON that is nested 100,000 times is refused",
    "A server MUST answer JSON that is nested 100,000 times with an error, and live on",
    cite="RFC 8259 9",
    hint=DEEP,
)
def deep_is_survived(session: Session) -> None:
    for in_an_object in (False, True):
        answer = session.exchange(nested(session, in_an_object=in_an_object), ends=False)
        expect.refused(answer, 400, 413, 422)
        expect.running(session)
    expect.serves_others(session)


@check(
    "Deep JSON is an error of the client",
    "A server SHOULD answer JSON that is nested 100,000 times with a 4xx",
    cite="RFC 9110 15.5",
    hint=DEEP,
    asks=("json-api/deep_is_survived",),
    level=ADVICE,
)
def deep_is_4xx(session: Session) -> None:
    answer = session.exchange(nested(session, in_an_object=True), ends=False)
    if answer.status >= 500:
        expect.status(answer, 400, 413, 422)
