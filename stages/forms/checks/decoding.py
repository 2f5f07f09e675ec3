"""What a value is, once it is decoded; as clients encode it."""

from urllib.parse import quote, urlencode

from grader.author import ADVICE, Session, check, expect

from . import FORM, finds, name

SIGNS = "a&b=c+d#e/f?g;h,i:j@k %41 100%"
FOREIGN = "Grüße, 世界, 🍰"
LINES = 'Dear all,\r\n\r\n\t"no" \\ yes\r\n'
DECODE = (
    "Split first, then decode: + is a space, and %XX is a byte.",
    "Print each name and value before and after you decode it.",
    "Others decoded before they split, decoded twice, or left + as it is.",
)


def comes_back(session: Session, text: str) -> None:
    """A value with this text, encoded as browsers do."""
    field, other, text = name(session), name(session), session.random.word() + text
    finds(session, urlencode({field: text, other: "x"}), {field: text, other: "x"})


@check(
    "A plus sign is a space",
    "A server MUST read + in a form as a space",
    cite="URL Standard 5.1",
    hint=DECODE,
)
def plus_is_a_space(session: Session) -> None:
    comes_back(session, "  two  words ")


@check(
    "Encoded signs belong to the value",
    "A server MUST decode %XX in a value exactly once, also when it stands for &, =, + or %",
    cite="URL Standard 5.1",
    hint=DECODE,
)
def encoded_signs(session: Session) -> None:
    field, other, text = name(session), name(session), f"{session.random.word()} {SIGNS}"
    finds(session, f"{field}={quote(text, safe='')}&{other}=x", {field: text, other: "x"})


@check(
    "Text beyond ASCII comes back",
    "A server MUST decode the bytes of a value as UTF-8",
    cite="URL Standard 5.1",
    hint="%XX is a byte: put the bytes of a value together first, then decode them as UTF-8.",
    asks=("forms/encoded_signs",),
)
def decodes_utf_8(session: Session) -> None:
    comes_back(session, FOREIGN.replace(" ", ""))


@check(
    "Quotes and line breaks come back",
    "A server MUST return a text of several lines unchanged, with its quotes and line ends",
    cite="RFC 8259 7",
    hint="Change nothing in a value, not even line ends; and let a library write the JSON.",
    asks=("forms/encoded_signs",),
)
def keeps_line_breaks(session: Session) -> None:
    field, text = name(session), session.random.word() + LINES
    finds(session, f"{field}={quote(text, safe='')}", {field: text})


@check(
    "A form that requests sends is read",
    "A server MUST read a form that Python requests sends",
    cite="course: forms",
    hint="The head may arrive before the body: read on until Content-Length bytes have come.",
    asks=("forms/repeated_field", "forms/plus_is_a_space", "forms/decodes_utf_8"),
)
def ordinary_client(session: Session) -> None:
    one, two = name(session), name(session)
    fields = {one: f"{session.random.word()} {FOREIGN}", two: [session.random.word(), "a b"]}
    with session.requests_client() as client:
        expect.json_of(client.post(session.url("/form"), data=fields), fields)


@check(
    "A form that curl sends is read",
    "A server MUST read a form that curl sends, whose spaces may be %20 or not encoded",
    cite="course: forms",
    hint="The body ends where Content-Length says, and nowhere else: a space belongs to the value.",
    asks=("forms/encoded_signs",),
)
def curl(session: Session) -> None:
    one, two, word = name(session), name(session), session.random.word()
    headers = [("User-Agent", "curl/8.5.0"), ("Accept", "*/*"), ("Content-Type", FORM)]
    body = f"{one}={word} and {word}&{two}={word}%20{word}".encode()
    answer = session.post("/form", body, headers=headers)
    expect.json_is(answer, {one: f"{word} and {word}", two: f"{word} {word}"})


@check(
    "Text beyond ASCII need not be encoded",
    "A server SHOULD read text in UTF-8 that was not encoded, as curl -d sends it",
    cite="URL Standard 5.1",
    hint="Decode the body as UTF-8, or leave what is not %XX as the bytes that it is.",
    asks=("forms/decodes_utf_8",),
    level=ADVICE,
)
def plain_utf_8(session: Session) -> None:
    field, text = name(session), session.random.word() + FOREIGN.replace(" ", "")
    finds(session, f"{field}={text}", {field: text})


@check(
    "A form without fields is an empty object",
    "A server SHOULD answer a form with an empty body with an empty JSON object",
    cite="course: forms",
    hint="No fields are no error: when there is nothing to split, there is no field.",
    level=ADVICE,
)
def empty_form(session: Session) -> None:
    finds(session, "", {})


@check(
    "A field without = has an empty value",
    "A server SHOULD read a field without an equals sign as one whose value is empty",
    cite="URL Standard 5.1",
    hint="When there is no =, the whole piece is the name. Ignore pieces that are empty.",
    asks=("forms/empty_value",),
    level=ADVICE,
)
def no_equals_sign(session: Session) -> None:
    one, two = name(session), name(session)
    finds(session, f"{one}&&{two}=x&", {one: "", two: "x"})
