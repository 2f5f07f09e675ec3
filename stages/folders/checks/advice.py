"""Lists of files, and the Location of a folder with a query or an unusual name."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import lead_there

AS_SENT = "Build Location from the path as it was sent: percent-encoded, and without its query."
LEADS = ("folders/leads_to_the_slash",)


@check(
    "Without an index, no list of files is sent",
    "A server SHOULD NOT list the files of a folder",
    cite="course: folders",
    hint="Answer 404: a list shows every file, also those that no page links to.",
    level=ADVICE,
)
def sends_no_list(session: Session) -> None:
    folder, name = session.random.word(), session.random.name()
    session.files.put(f"{folder}/{name}", b"text")
    answer = session.get(f"/{folder}/", ends=False)
    if name.encode() in expect.decoded(answer):
        raise Failure(
            Kind.MISMATCH,
            f"The folder has no index.html, and the answer lists its files, such as {name}.",
            expected="status 403 or 404",
            actual=answer.head,
        )


@check(
    "A query string is no part of the folder's name",
    "Location SHOULD lead to the path of the folder when a query string follows it",
    cite="RFC 3986 3.4",
    hint="Put the slash after the path, not after the query: /docs/?a=1.",
    asks=LEADS,
    level=ADVICE,
)
def query_stays_behind(session: Session) -> None:
    lead_there(session, session.random.word(), query=f"?{session.random.word()}=1")


@check(
    "Location is right for encoded names",
    "Location SHOULD lead to the folder, whatever characters are in its name",
    cite="RFC 9110 10.2.2",
    hint=AS_SENT,
    asks=LEADS,
    level=ADVICE,
)
def location_is_encoded(session: Session) -> None:
    word = session.random.word
    lead_there(session, *(word() + mark + word() for mark in (" ", "é", "%41", "?", "#")))
