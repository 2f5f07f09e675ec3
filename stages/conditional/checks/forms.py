"""The forms of dates and tags: all of it is advice."""

from grader.author import ADVICE, Session, check, expect

from . import DAY, Page

OLD = "Read Sunday, 06-Nov-94 08:49:37 GMT and Sun Nov  6 08:49:37 1994, too."
READS_DATES = (
    "conditional/date_gets_304",
    "conditional/earlier_date_gets_the_file",
    "conditional/date_is_the_files",
    "conditional/date_alone_gets_304",
)
GMT = "Format the file's time in GMT, with English names: Sun, 06 Nov 1994 08:49:37 GMT."


@check(
    "Last-Modified is the time of the file",
    "A Last-Modified SHOULD be the time of the file, as an HTTP date in GMT",
    cite="RFC 9110 8.8.2",
    hint=GMT,
    level=ADVICE,
)
def date_is_the_files(session: Session) -> None:
    page = Page(session)
    if date := page.validators()[1]:
        expect.date_of(date, page.modified)


@check(
    "If-Modified-Since alone gets 304, too",
    "A server that sends both SHOULD answer the date alone with 304, too",
    cite="RFC 9110 13.2.1",
    hint="A client may send the date alone: wget -N does. Compare it where there is no tag.",
    level=ADVICE,
)
def date_alone_gets_304(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    if tag and date:
        page.is_current(date=date)


@check(
    "A later If-Modified-Since gets 304",
    "A server SHOULD answer 304 if the date in If-Modified-Since is later than the file",
    cite="RFC 9110 13.1.3",
    hint="Answer 304 if the file's time is not later than the date: do not ask for the same date.",
    asks=READS_DATES,
    level=ADVICE,
)
def later_date_gets_304(session: Session) -> None:
    page = Page(session)
    if page.validators()[1]:
        for when in (page.modified + 1, page.modified + 100 * DAY):
            page.is_current(date=expect.http_date(when))


@check(
    "Dates in the two older forms count, too",
    "A server SHOULD read an If-Modified-Since in each of the three forms of dates",
    cite="RFC 9110 5.6.7",
    hint=OLD,
    asks=READS_DATES,
    level=ADVICE,
)
def old_dates_count(session: Session) -> None:
    page = Page(session)
    if page.validators()[1]:
        for date in expect.old_dates(page.modified):
            page.is_current(date=date)


@check(
    "An ETag is in quotes",
    'An ETag SHOULD be in quotes, such as "5e0be100", with W/ before them at most',
    cite="RFC 9110 8.8.3",
    hint='The quotes belong to the ETag: send ETag: "5e0be100".',
    level=ADVICE,
)
def tag_has_quotes(session: Session) -> None:
    if tag := Page(session).validators()[0]:
        expect.entity_tag(tag)


@check(
    "HEAD gets 304 where GET does",
    "A server SHOULD answer HEAD with 304 where it answers GET with 304",
    cite="RFC 9110 9.3.2",
    hint="Decide for both methods in one place: HEAD gets the head of the answer to GET.",
    level=ADVICE,
)
def head_gets_304(session: Session) -> None:
    page = Page(session)
    tag, date = page.validators()
    if page.ask(tag, date).status == 304:
        expect.status(page.ask(tag, date, "HEAD"), 304)
