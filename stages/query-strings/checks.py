"""Judges *query-strings*: what follows the question mark is fields, each a name and a value."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from grader.author import ADVICE, Session, check, expect

SIGNS = "a&b=c+d#e/f?g;h,i:j@k$l!m*(n)'~o 100%"
ESCAPE = re.compile("%..")
FOREIGN = "Grüße, 世界, 🍰"
QUOTES = '"yes" \\ or\nnot\t{x}'
FIELDS = (
    "Cut the target at the first question mark, split the rest at &, each piece at its first =.",
    "Print the fields that you found, and the JSON that you made of them.",
    "Others kept only the last tag, or sent the fields in another shape.",
)
DECODE = (
    "Split first, then decode: + is a space, and %XX is a byte.",
    "Print each name and value before and after you decode it.",
    "Others decoded before they split, or turned + into a space after %2B had become a +.",
)
BYTES = "%XX is a byte: put the bytes of a value together first, then decode them as UTF-8."
MISSING = "A field that is not there is no error: q is then the empty string, tags the empty list."


def finds(session: Session, query: str, q: str, tags: Sequence[str]) -> None:
    """/search with this query is answered with these values."""
    answer = session.get(f"/search{query}", ends=False)
    expect.json_is(answer, {"q": q, "tags": list(tags)})


def comes_back(session: Session, text: str) -> None:
    """A value with this text comes back, as q and as a tag, whatever the case of the digits in
    %XX."""
    one, two = (f"{session.random.word()} {text}" for _ in range(2))
    upper, lower = quote(one, safe=""), ESCAPE.sub(lambda it: it[0].lower(), quote(two, safe=""))
    finds(session, f"?q={upper}&tag={lower}&tag={upper}", one, [two, one])


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
    "A plus sign is a space",
    "A server MUST read + in a query string as a space",
    cite="URL Standard 5.1",
    hint=DECODE,
)
def plus_is_a_space(session: Session) -> None:
    one, two = session.random.word(), session.random.word()
    query = f"?q={one}+{two}++{one}&tag={two}+{one}&tag={one}"
    finds(session, query, f"{one} {two}  {one}", [f"{two} {one}", one])


@check(
    "Encoded signs belong to the value",
    "A server MUST decode %XX in a value, also when it stands for &, =, + or %",
    cite="RFC 3986 2.4",
    hint=DECODE,
)
def encoded_signs(session: Session) -> None:
    comes_back(session, SIGNS)


@check(
    "A value is decoded once",
    "A server MUST decode a value exactly once: %2541 is %41",
    cite="RFC 3986 2.4",
    hint="Decode each value at one place only: your framework may have done it already.",
    asks=("query-strings/encoded_signs",),
)
def decodes_once(session: Session) -> None:
    comes_back(session, "%41%2B%26 %2541")


@check(
    "A value may contain an equals sign",
    "A server MUST split a field at its first =: the value is all that follows",
    cite="URL Standard 5.1",
    hint="Split at most once: in Python with partition or split('=', 1).",
)
def equals_in_a_value(session: Session) -> None:
    one, two = session.random.word(), session.random.word()
    finds(session, f"?q={one}={two}=&tag=={one}&tag={two}", f"{one}={two}=", [f"={one}", two])


@check(
    "Text beyond ASCII comes back",
    "A server MUST decode the bytes of a value as UTF-8",
    cite="URL Standard 5.1",
    hint=BYTES,
    asks=("query-strings/encoded_signs",),
)
def decodes_utf_8(session: Session) -> None:
    comes_back(session, FOREIGN)


@check(
    "Quotes and line breaks stay valid JSON",
    "A server MUST escape quotes, backslashes and control characters in the JSON that it sends",
    cite="RFC 8259 7",
    hint="Let a library write the JSON: a quote inside a string has to be escaped.",
    asks=("query-strings/encoded_signs",),
)
def json_is_escaped(session: Session) -> None:
    comes_back(session, QUOTES)


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
    for query in ("q=%", "q=%zz&tag=%4", "q=%ff%fe&tag=%c3", "&&=&q&tag&==", "q=%00&tag=%ED%A0%80"):
        expect.survived(session, session.build("GET", f"/search?{query}"))


@check(
    "Names are decoded, too",
    "A server SHOULD decode the names of fields as it does their values",
    cite="URL Standard 5.1",
    hint="Decode both sides of the = after you have split there.",
    asks=("query-strings/encoded_signs",),
    level=ADVICE,
)
def decodes_names(session: Session) -> None:
    q, one, two = (session.random.word() for _ in range(3))
    finds(session, f"?%71={q}&t%61g={one}&tag={two}", q, [one, two])


@check(
    "A field without = has an empty value",
    "A server SHOULD read a field without an equals sign as one whose value is empty",
    cite="URL Standard 5.1",
    hint="When there is no =, the whole piece is the name. Ignore pieces that are empty.",
    asks=("query-strings/empty_values", "query-strings/equals_in_a_value"),
    level=ADVICE,
)
def no_equals_sign(session: Session) -> None:
    tag = session.random.word()
    finds(session, f"?q&&tag&tag={tag}&", "", ["", tag])
