"""Judges *query-strings*: what follows the question mark is fields, each a name and a value."""

from collections.abc import Sequence

from grader.author import Session, check, expect

FIELDS = (
    "Cut the target at the first question mark, split the rest at &, each piece at its first =.",
    "Print the fields that you found, and the JSON that you made of them.",
    "Others kept only the last tag, or sent the fields in another shape.",
)
MISSING = "A field that is not there is no error: q is then the empty string, tags the empty list."


def finds(session: Session, query: str, q: str, tags: Sequence[str]) -> None:
    """/search with this query is answered with these values."""
    answer = session.get(f"/search{query}", ends=False)
    expect.json_is(answer, {"q": q, "tags": list(tags)})


@check(
    "GET /search is answered with its fields as JSON",
    "A server MUST answer GET /search?q=..&tag=..&tag=.. with JSON: q, and the list of all tags",
    cite="course: query-strings",
    hint=FIELDS,
)
def answers_the_fields(session: Session) -> None:
    q, one, two = (session.random.word() for _ in range(3))
    finds(session, f"?q={q}&tag={one}&tag={two}", q, [one, two])


@check(
    "One tag is a list, too",
    "A server MUST send a list of tags even if there is only one, and keep the order of several",
    cite="course: query-strings",
    hint="Collect the tags in a list from the beginning: a client wants the same type each time.",
)
def one_tag_is_a_list(session: Session) -> None:
    q, *tags = (session.random.word() for _ in range(8))
    finds(session, f"?q={q}&tag={tags[0]}", q, tags[:1])
    finds(session, "?q=" + "&tag=".join([q, *tags]), q, tags)


@check(
    "The fields may come in any order",
    "A server MUST find the fields by their names, in whatever order they come",
    cite="course: query-strings",
    hint="Look for each field by its name, never by its place.",
)
def any_order(session: Session) -> None:
    q, one, two = (session.random.word() for _ in range(3))
    finds(session, f"?tag={one}&q={q}&tag={two}", q, [one, two])
    finds(session, f"?tag={two}&tag={one}&q={q}", q, [two, one])


@check(
    "Other fields are ignored",
    "A server MUST ignore fields of other names, also when these contain q or tag",
    cite="course: query-strings",
    hint="Compare whole names: seq is not q, and hashtag is not tag.",
)
def other_fields(session: Session) -> None:
    q, tag, *words = (session.random.word() for _ in range(7))
    query = "?seq={}&hashtag={}&tags={}&qq={}&{}=q".format(*words)
    finds(session, f"{query}&q={q}&tag={tag}&tag={q}", q, [tag, q])


@check(
    "A missing field is no error",
    "A server MUST answer with an empty q, or an empty list of tags, when there is no such field",
    cite="course: query-strings",
    hint=MISSING,
)
def missing_fields(session: Session) -> None:
    one, two = session.random.word(), session.random.word()
    finds(session, f"?tag={one}&tag={two}", "", [one, two])
    finds(session, f"?q={one}", one, [])
    finds(session, "?", "", [])
    finds(session, "", "", [])


@check(
    "A value may be empty",
    "A server MUST keep a field whose value is empty: tag= is an empty string in the list",
    cite="course: query-strings",
    hint="An empty value is a value: do not leave it out, and do not take it for a missing one.",
)
def empty_values(session: Session) -> None:
    word = session.random.word()
    finds(session, f"?q=&tag=&tag={word}", "", ["", word])


@check(
    "Each request has its own fields",
    "A server MUST NOT answer with fields of an earlier request",
    cite="course: query-strings",
    hint="Make a new list for each request: one outside of the handler is shared by all.",
    asks=("query-strings/missing_fields",),
)
def nothing_is_kept(session: Session) -> None:
    for _ in range(2):
        q, one, two = (session.random.word() for _ in range(3))
        finds(session, f"?q={q}&tag={one}&tag={two}", q, [one, two])
    finds(session, "", "", [])


@check(
    "A malformed query does not end the program",
    "A server MUST live on when %XX in a query is incomplete, or no UTF-8",
    cite="course: query-strings",
    hint="Decoding can fail: catch the error, and answer 400, or use the text as it came.",
)
def malformed_is_survived(session: Session) -> None:
    queries = ("q=%", "q=%zz&tag=%4", "q=%ff%fe&tag=%c3", "&&=&q&tag&==", "q=%00&tag=%ED%A0%80")
    expect.all_survived(session, [session.build("GET", f"/search?{query}") for query in queries])
