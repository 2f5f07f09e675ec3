"""Judges *whole-request*: the whole head of a request is read, and comes back byte for byte."""

from grader.author import Failure, Kind, Response, Session, expect

AS_IT_IS = (
    "Send back the bytes that you have received: do not decode, split or strip them.",
    "Look at what happens between recv and send: the body is the head with its empty line, all of"
    " it.",
    "Others read lines without their line ends, or put the head together again from a dictionary.",
)


def head_of(*lines: str) -> bytes:
    """The bytes of a head, its empty line included."""
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode()


def judge(answer: Response, head: bytes) -> None:
    """The answer is 200, and its body is the head that was sent."""
    expect.status(answer, 200)
    if (found := expect.decoded(answer)) == head:
        return
    changes = {
        head[:-2]: "The body ends too early: the empty line is missing, the last two bytes.",
        head[:-4]: "The body ends too early: the last line end and the empty line are missing.",
        head.replace(b"\r\n", b"\n"): "The line ends came back as \\n: the client sent \\r\\n.",
        head.partition(b"\r\n")[0]: "Only the first line of the head came back.",
        head.partition(b"\r\n")[0] + b"\r\n": "Only the first line of the head came back.",
        head.partition(b"\r\n")[2]: "The first line of the head did not come back.",
    }
    problem = changes.get(found, "")
    where = expect.first_difference(head, found)
    if not problem and found and head.startswith(found):
        problem = f"Only the first {len(found)} of {len(head)} bytes of the head came back."
    elif not problem and where:
        line = head[:where].count(b"\r\n") + 1
        problem = f"Line {line} of the head came back changed, or did not come back."
        if found.lower() == head.lower():
            problem = f"Capital letters became small ones, or small ones capitals, in line {line}."
        elif b"".join(found.split()) == b"".join(head.split()):
            problem = f"The white space of line {line} came back changed."
    if problem:
        raise Failure(Kind.MISMATCH, problem, expected=head, actual=found, offset=where)
    expect.body(answer, head)


def mirror(session: Session, head: bytes, *pieces: bytes) -> None:
    """Send this head, in these pieces if there are any, and judge the answer. Then close: others
    may wait until this client has left."""
    connection = session.connect()
    connection.send_slowly(*(pieces or [head]))
    judge(connection.read(), head)
    expect.nothing_more(connection)
    connection.close()


def ordinary(session: Session) -> bytes:
    word = session.random.word
    return head_of(f"GET /{word()} HTTP/1.1", f"Host: {session.host}", f"X-Word: {word()}")
