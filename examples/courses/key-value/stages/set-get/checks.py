"""Judges *set-get*: what was stored under a key comes back."""

from grader.author import check
from grader.author.tcp import TcpSession, expect


@check(
    "A value comes back",
    "GET MUST answer VALUE and the value that SET has stored under the key",
    cite="course: set-get",
)
def comes_back(session: TcpSession) -> None:
    key, value = session.random.word(), session.random.word()
    connection = session.connect()
    expect.line(connection.ask(f"SET {key} {value}"), "OK", hint="SET is answered with OK.")
    expect.line(connection.ask(f"GET {key}"), f"VALUE {value}", hint="Remember it in a dictionary.")


@check(
    "A key that was never set is answered with NONE",
    "GET of a key without a value MUST be answered with the line NONE",
    cite="course: set-get",
)
def nothing_there(session: TcpSession) -> None:
    key = session.random.word()
    expect.line(session.ask(f"GET {key}"), "NONE", hint="Look whether there is such a key.")


@check(
    "The last value counts",
    "SET MUST replace the value that the key had before",
    cite="course: set-get",
)
def replaces(session: TcpSession) -> None:
    key, first, second = (session.random.word() for _ in range(3))
    connection = session.connect()
    connection.ask(f"SET {key} {first}")
    connection.ask(f"SET {key} {second}")
    expect.line(connection.ask(f"GET {key}"), f"VALUE {second}", hint="SET stores, always.")


@check(
    "A value can have blanks",
    "Everything after the key and one blank MUST be the value, blanks as well",
    cite="course: set-get",
)
def with_blanks(session: TcpSession) -> None:
    key, words = session.random.word(), [session.random.word() for _ in range(3)]
    connection = session.connect()
    connection.ask(f"SET {key} {' '.join(words)}")
    expect.line(
        connection.ask(f"GET {key}"),
        f"VALUE {' '.join(words)}",
        hint="Split the line at its first two blanks only.",
    )


@check(
    "Another client sees the value",
    "A value MUST outlive the connection on which it was stored",
    cite="course: set-get",
)
def outlives(session: TcpSession) -> None:
    key, value = session.random.word(), session.random.word()
    session.ask(f"SET {key} {value}")
    expect.line(session.ask(f"GET {key}"), f"VALUE {value}", hint="One store for all clients.")
