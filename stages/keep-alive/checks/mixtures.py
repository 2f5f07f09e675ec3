"""Requests of every kind, one after the other and at the same time: no answer is another request's."""

from collections.abc import Callable, Iterator

from grader import expect
from grader.check import check
from grader.failure import Kind
from grader.session import Session
from grader.wire import Request, Response

OWN = "Begin each request with nothing, in variables of its own: what other requests said is theirs."
CLIENTS = 5
Judge = Callable[[Response], None]
Asked = tuple[Request, Judge]


def _root(session: Session) -> Asked:
    return session.build("GET", "/"), lambda answer: expect.status(answer, 200, hint=OWN)


def _unknown(session: Session) -> Asked:
    return session.build("GET", f"/{session.random.word()}"), lambda answer: expect.status(answer, 404, hint=OWN)


def _echo(session: Session, *accepted: tuple[str, str]) -> Asked:
    word = session.random.word(session.random.number(5, 90))

    def judge(answer: Response) -> None:
        expect.status(answer, 200, hint=OWN)
        expect.body(answer, word.encode(), hint=OWN)

    return session.build("GET", f"/echo/{word}", headers=accepted), judge


def _echo_coded(session: Session) -> Asked:
    return _echo(session, ("Accept-Encoding", "gzip"))


def _user_agent(session: Session) -> Asked:
    word = session.random.word(session.random.number(5, 90))

    def judge(answer: Response) -> None:
        expect.status(answer, 200, hint=OWN)
        expect.body(answer, word.encode(), hint=OWN)

    return session.build("GET", "/user-agent", headers=[("User-Agent", word)]), judge


def _stored(session: Session) -> Asked:
    name, body = session.random.name(), session.random.word(session.random.number(5, 90)).encode()

    def judge(answer: Response) -> None:
        expect.status(answer, 201, hint=OWN)
        expect.stored(session.files, name, body, OWN)
        if location := answer.header("Location"):
            expect.contains(location, name, "Location", OWN)

    return session.build("POST", f"/files/{name}", body=body), judge


def _file(session: Session) -> Asked:
    name, body = session.random.name(), session.random.word(session.random.number(5, 90)).encode()
    session.files.put(name, body)

    def judge(answer: Response) -> None:
        expect.status(answer, 200, hint=OWN)
        expect.body(answer, body, hint=OWN)

    return session.build("GET", f"/files/{name}"), judge


def _no_file(session: Session) -> Asked:
    return session.build("GET", f"/files/{session.random.name()}"), lambda answer: expect.status(answer, 404, hint=OWN)


KINDS = (_root, _unknown, _echo, _echo_coded, _user_agent, _stored, _file, _no_file)


def _all_shuffled(session: Session, times: int) -> Iterator[Asked]:
    """Requests of every kind so many times, in a random order."""
    return (kind(session) for kind in session.random.shuffled(KINDS * times))


class _Client:
    """Asks on one connection, and after an upload on a new one: what follows a body is another check's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._requests = _all_shuffled(session, 4)
        self._connection = session.connect()

    def ask(self) -> None:
        self._request, self._judge = next(self._requests)
        self._connection.ask(self._request)

    def read(self) -> None:
        self._judge(self._connection.read(self._request.method))
        if self._request.method == "POST":
            self._connection.close()
            self._connection = self._session.connect()


@check(
    "Requests of all kinds, one after the other and at once, MUST each get their own answer",
    cite="RFC 9112 9.3",
)
def all_kinds(session: Session) -> None:
    clients = [_Client(session) for _ in range(CLIENTS)]
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
        for client in clients * 2 * len(KINDS):  # in turn: what one has asked is nothing to the other
            client.ask()
            client.read()
        for _ in range(2 * len(KINDS)):
            for client in clients:
                client.ask()
            for client in clients:
                client.read()
