"""Requests of every kind, one after the other and at the same time: no answer is another
request's."""

from collections.abc import Callable, Sequence
from functools import partial

from grader.author import Kind, Response, Session, check, expect

from . import ROUTES

OWN = "Start each request with empty variables of its own: do not keep data of another request."
CODINGS = ("gzip", "gzip;q=0", "deflate;q=0.5, gzip;q=0.8", "br")


def _answered(status: int, body: bytes | None = None) -> Callable[[Response], None]:
    def judge(answer: Response) -> None:
        expect.status(answer, status)
        if body is not None:
            expect.body(answer, body)

    return judge


def _word(session: Session) -> str:
    return session.random.word(session.random.number(5, 90))


def _name(session: Session) -> str:
    return f"{_word(session)}.txt"


def _root(session: Session) -> expect.Asked:
    return expect.Asked(session.build("GET", "/"), _answered(200))


def _unknown(session: Session) -> expect.Asked:
    return expect.Asked(session.build("GET", f"/{session.random.word()}"), _answered(404))


def _echo(session: Session, coding: str | None = None, wanted: Sequence[str] = ()) -> expect.Asked:
    """coding: the value of Accept-Encoding. wanted: the answer's codings for that value alone."""
    word = _word(session)
    answered = _answered(200, word.encode())

    def judge(answer: Response) -> None:
        answered(answer)
        expect.codings(answer, (", ".join(wanted) or "identity",))

    headers = [] if coding is None else [("Accept-Encoding", coding)]
    return expect.Asked(session.build("GET", f"/echo/{word}", headers=headers), judge)


def _user_agent(session: Session) -> expect.Asked:
    word = _word(session)
    return expect.Asked(
        session.build("GET", "/user-agent", headers=[("User-Agent", word)]),
        _answered(200, word.encode()),
    )


def _stored(session: Session) -> expect.Asked:
    name, body = _name(session), _word(session).encode()

    def judge(answer: Response) -> None:
        expect.status(answer, 201)
        expect.stored(session, name, body)
        if location := answer.header("Location"):
            expect.contains(location, name, "Location")

    request = session.build("POST", f"/files/{name}", body=body)
    return expect.Asked(request, judge, last=True)  # what follows a body is another check's


def _file(session: Session) -> expect.Asked:
    name, body = _name(session), _word(session).encode()
    session.files.put(name, body)
    return expect.Asked(session.build("GET", f"/files/{name}"), _answered(200, body))


def _no_file(session: Session) -> expect.Asked:
    return expect.Asked(session.build("GET", f"/files/{_name(session)}"), _answered(404))


def _closing(session: Session) -> expect.Asked:
    word = _word(session)
    request = session.build("GET", f"/echo/{word}", headers=[("Connection", "close")])
    return expect.Asked(request, _answered(200, word.encode()), closes=True)


def _old(session: Session) -> expect.Asked:
    return expect.Asked(session.build("GET", "/", version="HTTP/1.0"), _answered(200), closes=True)


KINDS = (_root, _unknown, _echo, _user_agent, _stored, _file, _no_file)


def _closes_alone(session: Session, kind: Callable[[Session], expect.Asked]) -> bool:
    """Whether the connection is closed after this request, when it is a client's second one."""
    connection = session.connect()
    for asked in (_root(session), kind(session)):
        connection.ask(asked.request)
        connection.read()
    closes = connection.ends_within(session.budgets.close)
    session.leave(connection)
    return closes


def _coded(session: Session) -> list[Callable[[Session], expect.Asked]]:
    """One kind for each value of Accept-Encoding; none when already one client is answered by what
    it asked before."""
    alone = [session.exchange(_echo(session, coding).request).content_coding for coding in CODINGS]
    connection = session.connect()
    for coding, found in zip(CODINGS * 2, alone * 2, strict=True):
        connection.ask(_echo(session, coding).request)
        if connection.read().content_coding != found:
            session.leave(connection)
            return []  # many_requests tells that
    session.leave(connection)
    return [
        partial(_echo, coding=value, wanted=found)
        for value, found in zip(CODINGS, alone, strict=True)
    ]


@check(
    "Mixed requests each get their own answer",
    "A server MUST give requests of all kinds their own answers, one after the other and at once",
    cite="RFC 9112 9.3",
    hint=OWN,
    asks=ROUTES,
)
def all_kinds(session: Session) -> None:
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
        # others tell of those that stay
        closing = [kind for kind in (_closing, _old) if _closes_alone(session, kind)]
        expect.in_turn_and_at_once(session, (*KINDS, *_coded(session), *closing))
