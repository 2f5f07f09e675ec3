"""Clients that do not accept gzip: the body stays as it is."""

from grader.author import Session, check, expect

from . import GZIP, ask

AGAIN = "Decide for each request: do not reuse the answer to an earlier request."
OTHER = "Send gzip only when the list names gzip: deflate is another format."


@check(
    "Without Accept-Encoding the body is plain",
    "A server MUST NOT compress the body for a request without Accept-Encoding",
    cite="RFC 9110 12.5.3",
    hint=(
        "Compress only if this request has gzip in its Accept-Encoding.",
        "Look where you keep what the client accepts: it belongs to one request.",
        "Others compressed every answer, kept the wish of the last client, or stored a compressed"
        " answer and sent it again.",
    ),
)
def plain_unless_asked(session: Session) -> None:
    first, text, other = (session.random.word(40) for _ in range(3))
    why = "the client sent no Accept-Encoding"
    expect.no_header(ask(session, text=first), "Content-Encoding", why)
    # what one client is answered is nothing for another who asks otherwise
    ask(session, "gzip", text=other)
    expect.no_header(ask(session, text=text), "Content-Encoding", f"{why}: only an earlier one did")
    why += ": only an earlier request for this path did"
    expect.no_header(ask(session, text=other), "Content-Encoding", why, AGAIN)
    expect.codings(ask(session, "gzip", text=text), GZIP, AGAIN)


@check(
    "With only unknown codings the body is plain",
    "A server MUST NOT compress the body when the client lists only codings it does not know",
    cite="RFC 9110 12.5.3",
    hint=(
        "Ignore codings that you do not know.",
        "Look at what you do when no item of the list is gzip: send the text as it is.",
        "Others compressed whenever Accept-Encoding was there, or copied its value into"
        " Content-Encoding.",
    ),
)
def plain_for_unknown(session: Session) -> None:
    answer = ask(session, f"{session.random.word()}, {session.random.word()}")
    expect.no_header(answer, "Content-Encoding", "the client accepts only other codings")


@check(
    "With only deflate the body is plain or deflate",
    "A server MUST send a plain body or valid deflate when the client lists only deflate",
    cite="RFC 9110 8.4.1.2",
    hint=OTHER,
)
def deflate_only(session: Session) -> None:
    expect.codings(ask(session, "deflate"), ("identity", "deflate"))
