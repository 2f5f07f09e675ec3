"""Judges *url-parameters*: a part of the path is a number, and anything else is refused."""

from grader.author import ADVICE, Failure, Kind, Response, Session, check, expect

LEAST, MOST = 10, 99_999
NO_SUCH_USER = (404, 400, 422)
NUMBER = (
    "Take the segment after /users/, turn it into a number, and send it as JSON.",
    'Print the segment and what you made of it. In JSON, 42 is a number and "42" is a string.',
    "Others sent the segment as it came, in quotes, or took only one digit of it.",
)
REFUSE = (
    "Answer 404 when the segment is anything but digits.",
    "Look at what your language does with 12ab: many read the number at its beginning.",
    "Others raised an error that ended the connection, or answered 500.",
)
ALLOW = (
    "The path exists, and this method does not: answer 405 with Allow: GET, or 404.",
    "Look up the route by its path and its method, and answer 405 when only the path fits.",
    "Others looked at the path alone, or forgot the Allow header, which a 405 must have.",
)


def user(session: Session, number: int) -> Response:
    return session.get(f"/users/{number}", ends=False)


@check(
    "GET /users/42 is answered with the number as JSON",
    "A server MUST answer GET /users/{id} with 200 and JSON whose user_id is the number",
    cite="course: url-parameters",
    hint=NUMBER,
)
def answers_the_number(session: Session) -> None:
    number = session.random.number(LEAST, MOST)
    expect.json_is(user(session, number), {"user_id": number})


@check(
    "The answer is application/json",
    "A server MUST send JSON with Content-Type: application/json",
    cite="RFC 8259 11",
    hint="Send Content-Type: application/json: a client looks there before it parses the body.",
)
def says_json(session: Session) -> None:
    expect.media_type(
        user(session, session.random.number(LEAST, MOST)), "application/json", hint=None
    )


@check(
    "An id may have one digit, or nine",
    "A server MUST return each id of 1 to 9 digits, and for each request its own",
    cite="course: url-parameters",
    hint="The parameter is all that stands between two slashes, and another one in each request.",
)
def any_length(session: Session) -> None:
    numbers = [session.random.number(10 ** (size - 1), 10**size - 1) for size in range(1, 10)]
    for number in session.random.shuffled(numbers):
        expect.json_is(user(session, number), {"user_id": number})


@check(
    "What is not a number is refused",
    "A server MUST answer /users/ and a word with 404 (or 400, 422)",
    cite="course: url-parameters",
    hint=REFUSE,
)
def refuses_words(session: Session) -> None:
    word = session.random.word(letters="bcdfghjkmnpqrstvwxz")
    number = session.random.number(LEAST, MOST)
    for segment in (word, f"{number}{word}", f"{word}{number}", f"{number}{word}{number}"):
        expect.status(session.get(f"/users/{segment}", ends=False), *NO_SUCH_USER)
    expect.listening(session)


@check(
    "The parameter is exactly one segment",
    "A server MUST answer 404 when there is no segment after /users/, or one too many",
    cite="course: url-parameters",
    hint="Split the path at its slashes, and compare how many segments there are.",
)
def one_segment(session: Session) -> None:
    word, number = session.random.word(), session.random.number(LEAST, MOST)
    paths = (f"/users/{number}/{word}", f"/{word}/users/{number}", f"/users{number}", "/users/")
    for path in paths:
        expect.status(session.get(path, ends=False), *NO_SUCH_USER)


@check(
    "Other methods than GET are refused",
    "A server MUST answer POST, PUT and DELETE of /users/{id} with 405 and Allow, or with 404",
    cite="RFC 9110 15.5.6",
    hint=ALLOW,
)
def refuses_other_methods(session: Session) -> None:
    target = f"/users/{session.random.number(LEAST, MOST)}"
    for method in ("POST", "PUT", "DELETE"):
        body = None if method == "DELETE" else session.random.word().encode()
        answer = session.exchange(session.build(method, target, body=body), ends=False)
        expect.status(answer, 405, 404, 501)
        if answer.status == 405:
            allows_get(answer, method)


def allows_get(answer: Response, method: str) -> None:
    allowed = expect.header(answer, "Allow", hint=ALLOW)
    if method in [name.strip() for name in allowed.split(",")]:
        raise Failure(
            Kind.MISMATCH,
            f"The status is 405, but Allow lists {method}, which was just refused.",
            expected="Allow: GET",
            actual=answer.head,
        )
    expect.member(allowed, "GET", "Allow")


@check(
    "A number of any length does not end the program",
    "A server MUST live on when the number after /users/ is too large for it",
    cite="course: url-parameters",
    hint="Numbers have a largest one in most languages: answer 404 to more than nine digits.",
)
def large_numbers_are_survived(session: Session) -> None:
    numbers = [session.random.word(size, letters="123456789") for size in (10, 20, 400, 5000)]
    expect.all_survived(session, [session.build("GET", f"/users/{digits}") for digits in numbers])


@check(
    "A percent-encoded segment is decoded",
    "A server SHOULD decode the segment: /users/%34%32 is /users/42",
    cite="RFC 3986 6.2.2.2",
    hint="Split the path first, then decode each segment.",
    level=ADVICE,
)
def decodes_the_segment(session: Session) -> None:
    number = session.random.number(LEAST, MOST)
    encoded = "".join(f"%{ord(digit):02X}" for digit in str(number))
    expect.json_is(session.get(f"/users/{encoded}", ends=False), {"user_id": number})


@check(
    "Only the digits 0 to 9 make a number",
    "A server SHOULD refuse 1_000, a number in spaces, and the digits of other scripts",
    cite="course: url-parameters",
    hint="Compare each character with 0 and 9: what turns text into numbers may accept much more.",
    asks=("url-parameters/refuses_words",),
    level=ADVICE,
)
def digits_only(session: Session) -> None:
    number = session.random.number(LEAST, MOST)
    for segment in (f"{number}_{number}", f"%20{number}", "%D9%A4%D9%A2"):
        expect.status(session.get(f"/users/{segment}", ends=False), *NO_SUCH_USER)
