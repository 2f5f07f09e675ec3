"""The next request may come with the last piece of this one, whole or in part."""

from grader.author import Failure, Kind, Session, check, expect

from . import echo, in_two, text, upload

REST = (
    "Take exactly one request out of the buffer. What is left begins the next one: look there"
    " before you call recv again.",
    "Look where you empty the buffer, and where a new request starts with an empty one.",
    "Others threw away the rest of the last recv, or read on although a whole request was there.",
)
TWO = ("partial-reads/two_in_one_segment",)


def both(session: Session, *pieces: bytes, words: tuple[str, str], ahead: int = 0) -> None:
    """Two requests for /echo in these pieces, on one connection, are both answered.

    ahead: how many bytes of the second one come with the end of the first.
    """
    connection = session.connect()
    connection.send_slowly(*pieces)
    expect.content(connection.read("GET"), words[0].encode())
    answer = connection.read("GET")
    if answer.status != 200 and ahead > 0:
        raise Failure(
            Kind.MISMATCH,
            f"The status of answer 2 is {answer.status}, not 200: request 1 came together with the"
            f" first {ahead} bytes of request 2.",
            expected="status 200",
            actual=answer.head,
        )
    expect.content(answer, words[1].encode())
    connection.close()


@check(
    "Two requests in one segment are both answered",
    "A server MUST answer both requests when two arrive in one segment",
    cite="RFC 9112 9.3.2",
    hint=REST,
)
def two_in_one_segment(session: Session) -> None:
    words = (session.random.word(), session.random.word())
    both(session, b"".join(echo(session, word) for word in words), words=words)


@check(
    "A body ends where the next request begins",
    "A server MUST end a body after Content-Length bytes when the next request follows at once",
    cite="RFC 9112 6.3",
    hint=(
        "Take exactly Content-Length bytes out of the buffer as the body. The rest is the next"
        " request."
    ),
    asks=("files/stores_a_body", *TWO),
)
def request_after_a_body(session: Session) -> None:
    connection, name, word = session.connect(), session.random.name(), session.random.word()
    request = upload(session, name, body := text(session, 20))
    connection.send(request.to_bytes() + echo(session, word))
    expect.created(session, connection.read("POST"), name)
    expect.stored(session, name, body)
    expect.content(connection.read("GET"), word.encode())


@check(
    "Two requests may be cut at any byte",
    "A server MUST answer two requests in a row wherever their bytes are cut in two",
    cite="RFC 9112 9.3.2",
    hint=(
        "Keep what is left after a request, also when it is only the beginning of the next one:"
        " append what recv returns to it."
    ),
    asks=("partial-reads/head_cut_anywhere", *TWO),
)
def two_cut_anywhere(session: Session) -> None:
    for place in range(1, 2 * len(echo(session, session.random.word()))):
        words = (session.random.word(), session.random.word())
        data = b"".join(echo(session, word) for word in words)
        both(session, *in_two(data, place), words=words, ahead=place - len(data) // 2)
