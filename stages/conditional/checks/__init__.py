"""Judges *conditional*: an answer names its version, and a client that has it gets 304."""

from grader.author import Connection, Response, Session, check, expect

DAY = 86_400
CHANGED_S = 10  # the second version of a file is so much younger
VALIDATORS = (
    "Send with each file a Last-Modified (its time) or an ETag (such as its size and time).",
    'An ETag has quotes: ETag: "5e0be100-538". A date is in GMT: Sun, 06 Nov 1994 08:49:37 GMT.',
)
COMPARE = (
    "Compare the request's value with what you would send now: if they are equal, answer 304.",
    "Print both, with quotes (repr): the values, and the header that you have read.",
    "Others compared an ETag without its quotes, or the text of a date with a number.",
)
SECONDS = (
    *COMPARE[:2],
    "Others compared the text of a date with a number, or the file's time with its fraction of a"
    " second, which the header has not: cut it off.",
)
NOW = (
    "Look at the file for each request: its time and its size have changed, so your ETag and"
    " Last-Modified change, too.",
    "Others computed the ETag once and kept it, or answered 304 whenever the header was there.",
)


def conditions(tag: str | None, date: str | None) -> list[tuple[str, str]]:
    """The headers of a conditional request."""
    pairs = (("If-None-Match", tag), ("If-Modified-Since", date))
    return [(name, value) for name, value in pairs if value]


class Page:
    """A file of the site that has a time in the past, and what a server said of it."""

    def __init__(self, session: Session, fraction: float = 0.0) -> None:
        """fraction: of a second, which the file's time has beyond `modified`, and no date has."""
        self.session = session
        self.fraction = fraction
        self.name = session.random.name()
        self.modified = session.random.number(12_000 * DAY, 18_000 * DAY)  # of 2002 to 2019
        self.content, self.changed, self.same_size = b"", False, False
        self.write()

    def write(self) -> None:
        """A new version, with the time that this object has: longer than the last one, unless it
        keeps the size."""
        more = 0 if self.same_size else self.session.random.number(20, 40)
        self.content = self.session.random.word(len(self.content) + more).encode()
        self.session.files.put(self.name, self.content, modified=self.modified + self.fraction)

    def change(self, *, same_size: bool = False) -> None:
        """Write it anew, ten seconds later."""
        self.modified, self.changed = self.modified + CHANGED_S, True
        self.same_size = same_size
        self.write()

    def ask(self, tag: str | None = None, date: str | None = None, method: str = "GET") -> Response:
        """A request with If-None-Match and If-Modified-Since, as far as they are given."""
        headers = conditions(tag, date)
        request = self.session.build(method, f"/{self.name}", headers=headers)
        return self.session.exchange(request, ends=False)

    def is_current(self, tag: str | None = None, date: str | None = None) -> None:
        """GET with these conditions gets 304."""
        asked = " and ".join(f"{name}: {value}" for name, value in conditions(tag, date))
        expect.not_modified(self.ask(tag, date), asked)

    def validators(self) -> tuple[str | None, str | None]:
        """The ETag and the Last-Modified that come with the file."""
        answer = self.ask()
        expect.content(answer, self.content)
        return answer.header("ETag"), answer.header("Last-Modified")

    def is_sent(self, why: str, tag: str | None = None, date: str | None = None) -> None:
        """GET with these conditions gets the file as it is now; `why` ends the sentence "The answer
        is 304, but ..."."""
        answer, by_hand = self.ask(tag, date), None
        if self.changed:
            size = len(self.content) if self.same_size else None
            headers = conditions(tag, date)
            by_hand = expect.change_by_hand(self.name, self.modified, headers, size)
        expect.no_304(answer, why, by_hand=by_hand)
        expect.content(answer, self.content)


@check(
    "A file comes with an ETag or a Last-Modified",
    "A server MUST send an ETag or a Last-Modified with a file",
    cite="RFC 9110 8.8",
    hint=VALIDATORS,
)
def sends_a_validator(session: Session) -> None:
    page = Page(session)
    answer = page.ask()
    expect.page(session, answer, page.name, page.content)
    expect.validator(answer)


@check(
    "If-None-Match with the ETag gets 304",
    "A server that sends an ETag MUST answer If-None-Match with this ETag with 304",
    cite="RFC 9110 13.1.2",
    hint=COMPARE,
)
def tag_gets_304(session: Session) -> None:
    page = Page(session)
    tag, _ = page.validators()
    if tag:
        page.is_current(tag)


@check(
    "If-Modified-Since with the Last-Modified gets 304",
    "A server that sends no ETag MUST answer If-Modified-Since with its Last-Modified with 304",
    cite="RFC 9110 13.1.3",
    hint=SECONDS,
)
def date_gets_304(session: Session) -> None:
    page = Page(session, fraction=0.5)  # as real files have
    tag, date = page.validators()
    if not tag:
        page.is_current(date=date)


@check(
    "Both together, as browsers send them, get 304",
    "A server that sends both MUST answer 304 to a client that sends both back",
    cite="RFC 9110 13.2.2",
    hint="If both headers are there, If-None-Match alone decides.",
    asks=("conditional/tag_gets_304",),
)
def both_get_304(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    if tag and date:
        page.is_current(tag, date)


def ask_again(page: Page) -> Connection:
    """A connection on which the file was asked for with all its validators."""
    headers = conditions(*page.validators())
    connection = page.session.connect()
    connection.ask(page.session.build("GET", f"/{page.name}", headers=headers))
    return connection


@check(
    "A 304 has no body",
    "A 304 MUST end with its head: no body follows it",
    cite="RFC 9110 15.4.5",
    hint="Send only the head of a 304: the client has the body already.",
)
def no_body(session: Session) -> None:
    connection = ask_again(Page(session))
    if connection.read(ends=False).status == 304:
        expect.nothing_more(connection)


@check(
    "After a change the new file is sent",
    "A server MUST send a file that has changed since with 200, and whole",
    cite="RFC 9110 13.1",
    hint=NOW,
)
def changed_is_sent(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    page.change()
    for asked in ((tag, None), (None, date), (tag, date)):
        page.is_sent("the file has changed since", *asked)
