"""Judges *pipelining*: requests that come without waiting for answers are answered in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.author import (
    Connection,
    Failure,
    Kind,
    Request,
    Response,
    Session,
    check,
    expect,
)

IN_ORDER = (
    "Answer one request of the connection after the other: send the whole answer before you take"
    " the next request out of the buffer.",
    "Look for what may change the order: a thread for each request, a list that you take the last"
    " element of, a callback that answers later.",
    "Others lost the rest of the buffer with the first answer, or answered in the order in which"
    " their threads were done.",
)
TIMES = 4  # how often each of the five kinds is asked for
WAIT = (
    "Send each answer when its request is complete. Do not collect answers until the buffer is"
    " empty: the client may wait for this one before it sends the rest."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, the status of its answer, and the body where that is certain. stores: the name and
    the content of the file that is there then."""

    request: Request
    status: int
    body: bytes | None = None
    stores: tuple[str, bytes] | None = None

    def fits(self, answer: Response) -> bool:
        return answer.status == self.status and self.body in (None, expect.decoded(answer))


def echo(session: Session, length: int = 10) -> Asked:
    word = session.random.word(length)
    return Asked(session.build("GET", f"/echo/{word}"), 200, word.encode())


def echoes(session: Session, count: int) -> list[Asked]:
    return [echo(session) for _ in range(count)]


def one_of_each(session: Session) -> list[Asked]:
    """A request of each kind; none depends on another one."""
    word, number = session.random.word, session.random.number
    uploaded, there = (session.random.name() for _ in range(2))
    body, content = (word(number(5, 90)).encode() for _ in range(2))
    session.files.put(there, content)
    upload = session.build("POST", f"/files/{uploaded}", body=body)
    return [
        Asked(session.build("GET", "/"), 200),
        Asked(session.build("GET", f"/{word()}"), 404),
        echo(session, number(5, 90)),
        Asked(upload, 201, stores=(uploaded, body)),
        Asked(session.build("GET", f"/files/{there}"), 200, content),
    ]


def at_once(asked: Sequence[Asked]) -> bytes:
    """All requests in a row, to be sent in one segment."""
    return b"".join(one.request.to_bytes() for one in asked)


def answered_in_order(session: Session, connection: Connection, asked: Sequence[Asked]) -> None:
    """The next answers are those to these requests, in their order."""
    answers: list[Response] = []
    missing: Failure | None = None
    try:
        for one in asked:
            answers.append(connection.read(one.request.method))  # noqa: PERF401 (keeps some)
    except Failure as failure:
        missing = failure  # a wrong answer before it says more
    for number, (one, answer) in enumerate(zip(asked, answers, strict=False), 1):
        if not one.fits(answer):
            _tell_which(answer, number, asked)
        if one.body is not None:
            expect.content(answer, one.body)
        if one.stores:
            expect.stored(session, *one.stores)
    if missing is not None:
        raise missing


def _tell_which(answer: Response, number: int, asked: Sequence[Asked]) -> None:
    """Raise for an answer to another of the requests, or with another status."""
    others = [at for at, one in enumerate(asked, 1) if one.body and one.fits(answer)]
    line = asked[number - 1].request.head.partition(b" HTTP/")[0].decode()
    wanted = asked[number - 1].status
    if others:
        problem = (
            f"Answer {number} is the answer to request {others[0]}: the answers are not in the"
            " order of the requests."
        )
    elif answer.status != wanted:
        problem = (
            f"The status of answer {number} is {answer.status}, not {wanted}: request {number} is"
            f" {line}."
        )
    else:
        return
    raise Failure(
        Kind.MISMATCH,
        problem,
        expected=f"the answer to {line}",
        actual=answer.head + answer.body,
    )


@check(
    "Requests sent at once are answered in order",
    "A server MUST answer requests that arrive in one segment in their order",
    cite="RFC 9112 9.3.2",
    hint=IN_ORDER,
)
def in_order(session: Session) -> None:
    connection, asked = session.connect(), echoes(session, 5)
    connection.send(at_once(asked))
    answered_in_order(session, connection, asked)


@check(
    "Twenty requests of all kinds are answered in order",
    "A server MUST answer twenty requests of all kinds in one segment in their order",
    cite="RFC 9112 9.3.2",
    hint=IN_ORDER,
    asks=("files/serves_a_file", "files/stores_a_body"),
)
def all_kinds(session: Session) -> None:
    connection = session.connect()
    asked = [one for _ in range(TIMES) for one in one_of_each(session)]
    connection.send(at_once(asked := session.random.shuffled(asked)))
    answered_in_order(session, connection, asked)


@check(
    "An answer does not wait for the next request",
    "A server MUST send an answer although only a part of the next request has arrived",
    cite="RFC 9112 9.3.2",
    hint=WAIT,
)
def does_not_wait(session: Session) -> None:
    connection, asked = session.connect(), echoes(session, 3)
    data = at_once(asked)
    missing = session.random.number(1, len(at_once(asked[2:])) - 1)
    connection.send(data[:-missing])
    try:
        answered_in_order(session, connection, asked[:2])
    except Failure as failure:
        if failure.kind is Kind.SILENCE:
            failure.hint, failure.hint_alone = WAIT, True
        raise
    connection.send(data[-missing:])
    answered_in_order(session, connection, asked[2:])
