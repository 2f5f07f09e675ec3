"""A page with what a client said: its signs are text, and no HTML."""

import json

from grader.author import Session, check, expect

from . import JSON

PAGE = "/post-something"
ESCAPE = (
    "Replace & by &amp; first, then < by &lt;, > by &gt;, and both quotes.",
    "Look at the source of the page: the message must not contain a < that opens an element.",
    "Others inserted the message as it came, or escaped only < and >.",
)


def shows(session: Session, message: str, *, ascii_only: bool = True) -> None:
    """The page shows this message, which is sent with or without escapes of JSON."""
    body = json.dumps({"message": message}, ensure_ascii=ascii_only).encode()
    answer = session.post(PAGE, body, headers=[("Content-Type", JSON)])
    expect.shows(answer, expect.html_document(answer), message)


@check(
    "POST /post-something shows the message",
    'A server MUST answer {"message": ..} to /post-something with an HTML page that shows it',
    cite="course: json-api",
    hint="Parse the body as JSON, and put its message into the text of an HTML page.",
)
def shows_the_message(session: Session) -> None:
    shows(session, f"{session.random.word()} and {session.random.word()}")


@check(
    "A message with HTML in it is escaped",
    "A server MUST escape the message, so that < > & and quotes in it are shown as they are",
    cite="HTML Standard 13.1",
    hint=ESCAPE,
    asks=("json-api/shows_the_message",),
)
def escapes(session: Session) -> None:
    word = session.random.word()
    for message in (
        f"<script>alert('{word}')</script>",
        f'<img src=x onerror="{word}"> is <b>bold</b>',
        f"{word} & &lt;b&gt; &amp; &#65; &copy",
        f"</p></body></html> {word} <!-- {word} -->",
        f"a < b > c \"{word}\" 'd'",
    ):
        shows(session, message)


@check(
    "A message in letters of every script is shown",
    "A server MUST show letters beyond ASCII, whether JSON escapes them or not",
    cite="RFC 8259 7",
    hint="Decode the body as UTF-8, encode the page as UTF-8, and say so in its Content-Type.",
    asks=("json-api/shows_the_message",),
)
def shows_every_script(session: Session) -> None:
    for ascii_only in (True, False):
        shows(session, f"{session.random.word()} Grüße, 世界, 🍰", ascii_only=ascii_only)
