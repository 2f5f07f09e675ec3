"""What the answers should say: the type of a HEAD, 405, 501."""

from grader.author import ADVICE, Session, check, expect

from . import answer_to, pages, post, unknown


@check(
    "HEAD has the Content-Type of GET",
    "The answer to HEAD SHOULD have the Content-Type of GET",
    cite="RFC 9110 9.3.2",
    hint="Handle HEAD like GET, but send only the head.",
    level=ADVICE,
)
def type_of_head(session: Session) -> None:
    for target in pages(session):
        if wanted := answer_to(session, "GET", target).media_type:
            expect.media_type(answer_to(session, "HEAD", target), wanted)


@check(
    "An unsupported method gets 405",
    "A server SHOULD answer 405 to a method that the path does not support",
    cite="RFC 9110 15.5.6",
    hint="Answer 405: the path exists, and your server knows POST, but not for this path.",
    level=ADVICE,
)
def says_405(session: Session) -> None:
    answer = post(session, "")
    if answer.status >= 400:
        expect.status(answer, 405)


@check(
    "An unknown method gets 501",
    "A server SHOULD answer 501 to a method that it does not know",
    cite="RFC 9110 9.1",
    hint=(
        "Answer 501 to a method that no path supports. 405 is for a method that other paths"
        " support."
    ),
    level=ADVICE,
)
def says_501(session: Session) -> None:
    answer_to(session, "GET", "/")
    answer = answer_to(session, unknown(session), "/")
    if answer.status >= 400:
        expect.status(answer, 501)


@check(
    "Method names are case-sensitive",
    "A server SHOULD reject a method in small letters, such as get",
    cite="RFC 9110 9.1",
    hint="Compare the method case-sensitively: get is not GET.",
    level=ADVICE,
)
def minds_the_case(session: Session) -> None:
    expect.refused(answer_to(session, "get", f"/echo/{session.random.word()}"), 501, 405)
