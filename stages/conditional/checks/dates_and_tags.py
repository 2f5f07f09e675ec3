"""Other versions, values that cannot be read, files that are not there; and what is advice."""

from grader.author import ADVICE, Session, check, expect

from . import DAY, Page

CHANGED = ("conditional/changed_is_sent",)
IGNORE = "Ignore a date or a tag that you cannot read: send the file with 200."
EARLIER = (
    "Turn both dates into numbers, then compare them: as text, Fri comes before Mon, and Dec before"
    " Jan."
)
UNREADABLE_DATES = ("yesterday", "0", "{word}", "Sun, 99 Nov 1994 08:49:37 GMT", ",", "=")
UNREADABLE_TAGS = ("{word}", '"', 'W/"', '"{word}', ",", "W/{word}", "-")
LIST = 'Split the list at its commas, and compare each tag: "a", "b".'
WEAK = 'Compare without W/: for If-None-Match, W/"a" and "a" are the same.'


@check(
    "An earlier If-Modified-Since gets the file",
    "A server MUST send the file if it has changed since the date in If-Modified-Since",
    cite="RFC 9110 13.1.3",
    hint=EARLIER,
    asks=CHANGED,
)
def earlier_date_gets_the_file(session: Session) -> None:
    page = Page(session)
    now = expect.http_date(page.modified)
    earlier = [page.modified - days * DAY for days in range(1, 400)]
    misleading = [when for when in earlier if expect.http_date(when) > now]  # as text
    for when in (page.modified - 1, *misleading[:3], *misleading[-1:]):
        page.is_sent("the file is newer than that date", date=expect.http_date(when))


@check(
    "A date or a tag that cannot be read is ignored",
    "A server MUST ignore an If-Modified-Since or If-None-Match that it cannot read",
    cite="RFC 9110 13.1.3",
    hint=IGNORE,
    asks=CHANGED,
)
def unreadable_is_ignored(session: Session) -> None:
    page, word = Page(session), session.random.word()
    for date in UNREADABLE_DATES:
        page.is_sent("this is no date", date=date.format(word=word))
    for tag in UNREADABLE_TAGS:
        page.is_sent("this is no ETag", tag.format(word=word))


@check(
    "A missing file gets 404, whatever the client holds",
    "A server MUST answer a conditional request for a missing file with 404",
    cite="RFC 9110 13.2.1",
    hint="Look for the file first: a condition counts only where the answer would be 200.",
)
def missing_is_404(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    page.session.files.remove(page.name)
    for asked in ((tag, None), (None, date), (tag, date), ("*", None)):
        answer = page.ask(*asked)
        expect.no_304(answer, "the file does not exist any more")
        expect.status(answer, 404)


@check(
    "A client without a copy gets the file",
    "A server MUST send the file to a client that sends no condition, also after a 304",
    cite="RFC 9110 13.1",
    hint="A 304 is for the client that sent the condition: look at the headers of each request.",
)
def others_get_the_file(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    page.ask(tag, date)
    page.is_sent("this client sent no condition")


@check(
    "The comparison of ETags is weak",
    "A server SHOULD compare ETags without W/ for If-None-Match",
    cite="RFC 9110 13.1.2",
    hint=WEAK,
    asks=("conditional/tag_gets_304",),
    level=ADVICE,
)
def weak_tag_is_the_same(session: Session) -> None:
    page = Page(session)
    if tag := page.validators()[0]:
        other = tag.removeprefix("W/") if tag.startswith("W/") else f"W/{tag}"
        page.is_current(other)


@check(
    "If-None-Match may list several ETags",
    "A server SHOULD find its ETag anywhere in the list of If-None-Match",
    cite="RFC 9110 13.1.2",
    hint=LIST,
    asks=("conditional/tag_gets_304", *CHANGED),
    level=ADVICE,
)
def list_of_tags(session: Session) -> None:
    page, word = Page(session), session.random.word()
    if tag := page.validators()[0]:
        for listed in (f'"{word}", {tag}', f'{tag},"{word}"', f'"a,{word}" , {tag} , "b"'):
            page.is_current(listed)
        page.is_sent("the list holds other ETags", f'"{word}", "{tag[:-1]}"')


@check(
    "If-None-Match: * matches every version",
    "A server SHOULD answer If-None-Match: * with 304 if the file exists",
    cite="RFC 9110 13.1.2",
    hint="The star means any version: answer 304 if there is a file.",
    asks=("conditional/tag_gets_304",),
    level=ADVICE,
)
def star_is_any_version(session: Session) -> None:
    page = Page(session)
    if page.validators()[0]:
        page.is_current("*")


@check(
    "A 304 carries the ETag of the 200",
    "A 304 SHOULD carry the ETag that the 200 has",
    cite="RFC 9110 15.4.5",
    hint="Send the ETag with a 304, too: caches renew their copy by it.",
    asks=("conditional/tag_gets_304",),
    level=ADVICE,
)
def tag_of_304(session: Session) -> None:
    page = Page(session)
    if tag := page.validators()[0]:
        found = expect.header(page.ask(tag), "ETag")
        expect.contains(found, tag, "ETag")


@check(
    "If-None-Match wins over If-Modified-Since",
    "A server SHOULD ignore If-Modified-Since if there is an If-None-Match",
    cite="RFC 9110 13.1.3",
    hint="If both headers are there, If-None-Match alone decides: it is more exact than a date.",
    asks=CHANGED,
    level=ADVICE,
)
def tag_wins(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    if tag:
        page.is_sent("If-None-Match names another version", f'"{session.random.word()}"', date)


@check(
    "A change that keeps the size is seen, too",
    "An ETag SHOULD change with the file, also if its size stays the same",
    cite="RFC 9110 8.8.1",
    hint="Make the ETag of the file's size and its time, or of a hash of its content.",
    asks=CHANGED,
    level=ADVICE,
)
def same_size_is_seen(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    page.change(same_size=True)
    for asked in ((tag, None), (None, date), (tag, date)):
        page.is_sent("the file has changed since, though not its size", *asked)
