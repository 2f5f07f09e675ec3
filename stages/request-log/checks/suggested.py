"""Advice on the log: exceptions that forge lines, the size, and the date."""

from urllib.parse import quote

from grader.author import ADVICE, Session, check, expect

from . import FORGED, asked, barrier, file


@check(
    "The text of an exception forges no line",
    "A server SHOULD escape line ends in the message of an exception that it prints",
    cite="course: request-log",
    hint="Put what a client sent into the message as repr shows it: line ends become \\n.",
    asks=("request-log/path_forges_no_line",),
    level=ADVICE,
)
def exception_forges_no_line(session: Session) -> None:
    word, forged = session.random.word(), FORGED.format(session.random.word())
    target = f"/boom?word={quote(f'{word}{chr(10)}{forged}')}"
    expect.sent(session, session.build("GET", target))
    barrier(session)
    expect.no_forged_line(session, forged)


@check(
    "The size is that of the body",
    "A server SHOULD log the number of bytes of the body, or - in its place",
    cite="course: request-log",
    hint="Count the bytes of the body, without the head. Most servers write - where none is sent.",
    level=ADVICE,
)
def logs_the_size(session: Session) -> None:
    request, word = file(session)
    answer = asked(session, request)
    expect.logged_size(session, expect.logged(session, request, word), answer)


@check(
    "The date is the current one, with its zone",
    "A server SHOULD log the current time as [day/month/year:hour:minute:second zone]",
    cite="course: request-log",
    hint="The format of strftime is %d/%b/%Y:%H:%M:%S %z, with the zone that the time is in.",
    level=ADVICE,
)
def logs_the_date(session: Session) -> None:
    expect.logged_date(session, *file(session))
