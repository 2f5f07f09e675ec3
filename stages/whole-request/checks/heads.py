"""Heads of every size and form, in one piece and in several."""

from grader.author import ADVICE, Session, check

from . import AS_IT_IS, head_of, mirror, ordinary

READ_ON = (
    "TCP is a stream of bytes: keep calling recv and appending until there is an empty line"
    " (\\r\\n\\r\\n).",
    "Look at your loop around recv: it ends when the four bytes are in all that has arrived.",
    "Others called recv once, searched only the last piece, or waited until the client closes.",
)
BROWSER = (
    ("Connection", "keep-alive"),
    ("Cache-Control", "max-age=0"),
    ("sec-ch-ua", '"Chromium";v="130", "Not?A_Brand";v="99"'),
    ("sec-ch-ua-mobile", "?0"),
    ("sec-ch-ua-platform", '"Linux"'),
    ("Upgrade-Insecure-Requests", "1"),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
        " Safari/537.36",
    ),
    (
        "Accept",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    ),
    ("Sec-Fetch-Site", "none"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-User", "?1"),
    ("Sec-Fetch-Dest", "document"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"),
    ("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),
)


@check(
    "The head comes back",
    "A server MUST answer with the head of the request as its body, the empty line included",
    cite="course: whole-request",
    hint=(
        "Read until the empty line has arrived, and send back all the bytes up to its end.",
        *AS_IT_IS[1:],
    ),
)
def sends_the_head_back(session: Session) -> None:
    mirror(session, ordinary(session))


@check(
    "The shortest request comes back",
    "A server MUST answer a request without a header line with its head",
    cite="RFC 9112 2.1",
    hint=(
        "Search for the empty line from the first byte on: it may follow the request line at once.",
        "Look at what you do before you answer: nothing there may need a header line.",
        "Others asked for Host, which HTTP/1.0 does not have, or split the head into parts that a"
        " short one does not have.",
    ),
)
def shortest(session: Session) -> None:
    mirror(session, head_of("GET / HTTP/1.0"))


@check(
    "Every byte comes back as it was sent",
    "A server MUST keep the order, the case and the white space of the header lines",
    cite="course: whole-request",
    hint=AS_IT_IS,
)
def every_byte(session: Session) -> None:
    word = session.random.word
    lines = [f"x-{word()}:{word()}", f"X-MiXeD: \t{word()}  ", f"X-MiXeD:   {word()}\t", "X-Empty:"]
    mirror(session, head_of(f"GET /%41+{word()} HTTP/1.1", f"Host: {session.host}", *lines))


@check(
    "A browser's head of 3 KB comes back",
    "A server MUST read and send back the head of a browser, with 3 KB of header lines",
    cite="RFC 9110 5.4",
    hint=READ_ON,
)
def browser(session: Session) -> None:
    cookie = f"Cookie: id={session.random.word()}; note={session.random.word(2000)}"
    lines = [f"{name}: {value}" for name, value in BROWSER]
    start = f"GET /{session.random.word()} HTTP/1.1"
    mirror(session, head_of(start, f"Host: {session.host}", *lines, cookie))


@check(
    "A head of 60,000 bytes comes back",
    "A server MUST read and send back a head of 60,000 bytes",
    cite="course: whole-request",
    hint=READ_ON,
)
def large(session: Session) -> None:
    lines = [f"X-{number}: {session.random.word(7000)}" for number in range(8)]
    head = head_of(f"GET /{session.random.word()} HTTP/1.1", f"Host: {session.host}", *lines)
    fill = session.random.word(60_000 - len(head) - len("X-Fill: \r\n"))
    mirror(session, head[:-2] + head_of(f"X-Fill: {fill}"))


@check(
    "A head in several pieces comes back",
    "A server MUST send back a head whole, however its bytes are cut into pieces",
    cite="RFC 9112 2.1",
    hint=READ_ON,
)
def in_pieces(session: Session) -> None:
    for last in (1, 2, 3, 4):
        head = ordinary(session)
        cuts = [0, *sorted(session.random.number(1, len(head) - 5) for _ in range(2)), -last]
        mirror(session, head, *(head[a:b] for a, b in zip(cuts, [*cuts[1:], None], strict=True)))
    head = ordinary(session)
    mirror(session, head, *(head[at : at + 1] for at in range(len(head))))


@check(
    "Bytes beyond ASCII come back as they were sent",
    "A server SHOULD send back bytes from 80 to FF as they came",
    cite="RFC 9110 5.5",
    hint=AS_IT_IS,
    level=ADVICE,
)
def beyond_ascii(session: Session) -> None:
    utf_8, any_bytes = "Grüße".encode(), session.random.beyond_ascii(40)
    odd = b"X-UTF-8: %b\r\nX-Bytes: %b\r\n\r\n" % (utf_8, any_bytes)
    mirror(session, ordinary(session)[:-2] + odd)
