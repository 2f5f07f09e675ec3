"""A body in pieces: it is complete when as many bytes have arrived as Content-Length says."""

from itertools import pairwise

from grader.author import Session, check, expect

from . import echo, in_two, stored, text, upload

COUNT = (
    "Count what has arrived after the empty line, and call recv until it is Content-Length bytes.",
    "Look at the bytes that arrive together with the end of the head: they belong to the body.",
    "Others waited for the whole length once more, or decoded each piece as text by itself.",
)
MOST, PIECES = 900, 60  # bytes of a piece, and how many there are


def _body(session: Session) -> bytes:
    """Text with characters of two and three bytes, and an empty line in it."""
    return f"{session.random.word(6)}: Grüße, 10 €\r\n\r\n{session.random.word(6)}".encode()


@check(
    "A body may be cut at any byte",
    "A server MUST store a body whole wherever it is cut in two",
    cite="RFC 9112 6.3",
    hint=COUNT,
    asks=("files/stores_a_body",),
)
def body_cut_anywhere(session: Session) -> None:
    size = len(_body(session))
    for place in range(size):
        request = upload(session, name := session.random.name(), body := _body(session))
        cut = len(request.head) + place if place else 0
        stored(session, name, body, *in_two(request.to_bytes(), cut))


@check(
    "A body in many pieces is stored whole",
    "A server MUST store a body whole, however many pieces it arrives in",
    cite="RFC 9112 6.3",
    hint=(
        "Call recv in a loop until the whole body has arrived: a second recv may return only the"
        " next part of it."
    ),
    asks=("partial-reads/body_cut_anywhere",),
)
def body_in_many_pieces(session: Session) -> None:
    name, sizes = session.random.name(), [session.random.number(1, MOST) for _ in range(PIECES)]
    ends = [sum(sizes[:count]) for count in range(PIECES + 1)]
    request = upload(session, name, body := text(session, ends[-1]))
    pieces = (body[begin:end] for begin, end in pairwise(ends))
    stored(session, name, body, request.head, *pieces)


@check(
    "The pieces of several clients are kept apart",
    "A server MUST keep the pieces of several requests apart when they arrive in turn",
    cite="RFC 9112 9.4",
    hint="Give each connection a buffer of its own: a local variable, or a field of its object.",
)
def clients_apart(session: Session) -> None:
    words = [session.random.word() for _ in range(4)]
    requests = [echo(session, word) for word in words]
    clients = [session.connect() for _ in words]
    third = len(requests[0]) // 3
    for begin in (0, third):
        for client, request in zip(clients, requests, strict=True):
            client.send(request[begin : begin + third])
            client.until_read()
    for client, request, word in zip(clients, requests, words, strict=True):
        client.send(request[2 * third :])
        expect.content(client.read("GET", ends=False), word.encode())
