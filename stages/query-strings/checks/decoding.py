"""What a value is, once it is decoded."""

import re
from urllib.parse import quote

from grader.author import ADVICE, Session, check

from . import finds

SIGNS = "a&b=c+d#e/f?g;h,i:j@k$l!m*(n)'~o 100%"
ESCAPE = re.compile("%..")
FOREIGN = "Grüße, 世界, 🍰"
QUOTES = '"yes" \\ or\nnot\t{x}'
DECODE = (
    "Split first, then decode: + is a space, and %XX is a byte.",
    "Print each name and value before and after you decode it.",
    "Others decoded before they split, or turned + into a space after %2B had become a +.",
)
BYTES = "%XX is a byte: put the bytes of a value together first, then decode them as UTF-8."


def comes_back(session: Session, text: str) -> None:
    """A value with this text comes back, as q and as a tag, whatever the case of the digits in
    %XX."""
    one, two = (f"{session.random.word()} {text}" for _ in range(2))
    upper, lower = quote(one, safe=""), ESCAPE.sub(lambda it: it[0].lower(), quote(two, safe=""))
    finds(session, f"?q={upper}&tag={lower}&tag={upper}", one, [two, one])


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
