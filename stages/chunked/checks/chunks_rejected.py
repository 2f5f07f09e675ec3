"""Chunks that are wrong: rejected, and nothing of them is stored."""

from grader.author import ADVICE, Session, check, expect

from . import LAST, REFUSALS, chunk, refuse, upload

REFUSE = (
    "Reject an invalid chunk: answer 400, then close the connection. You cannot know"
    " where the body ends."
)
GRAMMAR = (
    "Check that each byte of the size is a hexadecimal digit (0-9, a-f, A-F). int and"
    " strtol also accept signs, 0x, spaces and more."
)
DIGITS_OF_OTHER_SCRIPTS = "\u0665\u096b\uff15"


@check(
    "A size of anything but digits is rejected",
    "A server MUST reject a chunk size that is not only hexadecimal digits",
    cite="RFC 9112 7.1",
    hint=GRAMMAR,
)
def not_only_digits(session: Session) -> None:
    random, letters = session.random, session.random.word(letters="ghijklmnopqrstuvwyz")
    signs = (letters, f"5{letters[0]}", "", "0x5", "+5", "-5", "0_5", "5,5", "²", "5²")
    blanks = (" 5", "\t5", "\v5", "5\f", "\x855", "5\xa0")
    script = random.choice(DIGITS_OF_OTHER_SCRIPTS).encode()
    for size in (*(text.encode("latin-1") for text in (*signs, *blanks)), script):
        refuse(session, b"%b\r\n%b\r\n" % (size, random.word(5).encode()) + LAST)


@check(
    "A chunk size is not cut to 64 bits",
    "A server MUST NOT cut a chunk size to 64 bits",
    cite="RFC 9112 7.1",
    hint="Reject a size that is too large while you read its digits, before it overflows.",
)
def size_overflows(session: Session) -> None:
    connection = session.connect()
    name = session.random.name()
    word = session.random.word().encode()
    connection.ask(upload(session, name, b"%x\r\n%b\r\n" % ((1 << 64) + len(word), word) + LAST))
    if connection.something_comes_within(session.budgets.answer):
        expect.refused_or_closed(connection, 400, 413)
    expect.not_written(session.files, name)


@check(
    "A chunk longer than its size is rejected",
    "A server MUST reject a chunk that is longer than its size, and store nothing",
    cite="RFC 9112 7.1",
    hint=REFUSE,
)
def longer_than_its_size(session: Session) -> None:
    refuse(session, b"3\r\n%b\r\n" % session.random.word().encode() + LAST)


@check(
    "A rejected body is not read as a request",
    "A server MUST NOT read what follows a rejected body as the next request",
    cite="RFC 9112 9.3",
    hint=REFUSE,
)
def nothing_is_smuggled(session: Session) -> None:
    connection = session.connect()
    inside = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection.ask(upload(session, session.random.name(), b"zz\r\n" + inside))
    if expect.refused_or_closed(connection, *REFUSALS) is not None:
        expect.no_second_answer(connection, "the body")


@check(
    "A chunk without CRLF at its end is rejected",
    "A server SHOULD reject a chunk that does not end with CRLF",
    cite="RFC 9112 7.1",
    hint=REFUSE,
    level=ADVICE,
)
def line_end_behind_a_chunk(session: Session) -> None:
    refuse(session, b"5\r\napple%b" % session.random.word(2).encode() + LAST)


@check(
    "Text after a size and a space is rejected",
    "A server SHOULD reject a chunk size that is followed by a space and more text",
    cite="RFC 9112 7.1",
    hint=GRAMMAR,
    level=ADVICE,
)
def blank_behind_the_size(session: Session) -> None:
    for rest in (" 5", " x", "\t0", f" {session.random.word()}=1"):
        refuse(session, b"5%b\r\napple\r\n" % rest.encode() + LAST)


@check(
    "LF alone does not end a line",
    "A server SHOULD NOT take LF alone for a line end between chunks",
    cite="RFC 9112 7.1",
    hint=(
        "Accept only \\r\\n as a line end here. If a proxy reads the lines in another way, it"
        " sees other chunks."
    ),
    level=ADVICE,
)
def bare_line_feed(session: Session) -> None:
    word = session.random.word().encode()
    for framed in (
        b"a\n%b\r\n0\r\n\r\n",
        b"a;b\n%b\r\n0\r\n\r\n",
        b"a\r\n%b\n0\r\n\r\n",
        b"a\r\n%b\r\n0\n\r\n",
    ):
        refuse(session, framed % word)


@check(
    "An invalid chunk gets 400",
    "A server SHOULD answer an invalid chunk with 400",
    cite="RFC 9112 2.2",
    hint=REFUSE,
    level=ADVICE,
)
def answers_400(session: Session) -> None:
    request = upload(session, session.random.name(), b"5\r\napple\r\nzz\r\n")
    expect.status(session.exchange(request, ends=False), *REFUSALS)


@check(
    "A cut-off chunked upload leaves no file",
    "A chunked upload that is cut off SHOULD NOT leave a file",
    cite="RFC 9112 8",
    hint="Write the file only after the last chunk has arrived.",
    level=ADVICE,
)
def cut_off(session: Session) -> None:
    connection, name = session.connect(), session.random.name()
    connection.ask(upload(session, name, chunk(session.random.word().encode()) + b"a\r\napp"))
    connection.until_read()
    connection.close()
    expect.running(session)
    expect.not_written(session.files, name)
