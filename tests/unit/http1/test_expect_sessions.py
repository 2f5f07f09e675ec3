"""What a client makes of cookies, and what is judged of answers that must not tell or be mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.check.failure import Failure
from grader.http1 import expect
from grader.http1.cookies import Cookie, CookieClient, set_cookies
from grader.http1.wire import Request, Response, ResponseReader

if TYPE_CHECKING:
    from collections.abc import Callable


def answer(body: str = "", *headers: str, status: int = 200) -> Response:
    content = body.encode()
    lines = [f"HTTP/1.1 {status} X", *headers, f"Content-Length: {len(content)}", "", ""]
    reader = ResponseReader()
    reader.feed("\r\n".join(lines).encode() + content)
    response = reader.response("GET")
    assert response is not None
    return response


class Played:
    """A session whose server gives these answers in turn; `sent` are the Cookie headers."""

    def __init__(self, *answers: Response) -> None:
        self._answers = list(answers)
        self.sent: list[str] = []

    def build(self, method: str, target: str, **named: Any) -> Request:  # noqa: ANN401
        return Request.of(method, target, **named)

    def exchange(self, request: Request, **_: object) -> Response:
        self.sent.append(dict(request.headers).get("Cookie", ""))  # type: ignore[arg-type]
        return self._answers.pop(0)


def client(*answers: Response) -> tuple[CookieClient, Played]:
    played: Any = Played(*answers)
    return CookieClient(played), played


def said(judge: Callable[[], object]) -> str:
    with pytest.raises(Failure) as raised:
        judge()
    return raised.value.summary


def test_a_client_sends_back_what_it_was_given_until_it_is_over() -> None:
    one, played = client(
        answer("1", "Set-Cookie: a=1; Path=/", "Set-Cookie: b = 2 ; HttpOnly"),
        answer("2", "Set-Cookie: a=; Max-Age=0"),
        answer("3", "Set-Cookie: b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        answer("4"),
    )
    for _ in range(4):
        one.get("/counter")
    assert played.sent == ["", "a=1; b=2", "b=2", ""]


@pytest.mark.parametrize(
    ("attributes", "sent"),
    [
        ("Path=/", "a=1"), ("Path=/counter", "a=1"), ("Path=/count", ""), ("Path=/x", ""),
        ("Secure", ""), ("Domain=localhost", "a=1"), ("Domain=example.org", ""), ("", "a=1"),
        ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=1"),
    ],
)  # fmt: skip
def test_attributes_say_whether_it_is_sent_back(attributes: str, sent: str) -> None:
    one, played = client(answer("1", f"Set-Cookie: a=1; {attributes}"), answer("1"))
    one.get("/counter")
    one.get("/counter")
    assert played.sent == ["", sent]


def test_a_cookie_without_a_name_is_a_failure() -> None:
    assert "no name before the first =" in said(lambda: set_cookies(answer("", "Set-Cookie: a")))


def test_a_wrong_count_names_its_cause() -> None:
    one, _ = client(answer("1"), answer("1"))
    expect.counts(one, 1, "a client")
    assert said(lambda: expect.counts(one, 2, "a client")) == (
        "The counter says 1, not 2, for a client. No Set-Cookie header came, so the client has no"
        " cookie to send back."
    )
    two, _ = client(answer("1", "Set-Cookie: a=1; Secure"), answer("1"))
    expect.counts(two, 1, "a client")
    assert "the cookie a back: it is Secure" in said(lambda: expect.counts(two, 2, "a client"))
    three, _ = client(answer('{"count": 1}'))
    assert said(lambda: expect.counts(three, 1, "a client")) == "The body is not a number."


def test_attributes_are_compared_by_name_and_value() -> None:
    cookie = Cookie.of("a=1; path=/; httponly")
    expect.cookie_attribute([cookie], "Path", "/")
    expect.cookie_attribute([cookie], "HttpOnly", "")
    assert said(lambda: expect.cookie_attribute([cookie], "SameSite", "")) == (
        "The cookie a has no SameSite."
    )
    assert said(lambda: expect.cookie_attribute([cookie], "Path", "/x")) == (
        "The cookie a has Path=/."
    )


@pytest.mark.parametrize(
    "values",
    [
        ["7", "8", "9"], ["s-0a", "s-0b", "s-10"], ["1.25", "1.50", "1.75"], ["c", "b", "a"],
        ["x", "x", "y"],
    ],
)  # fmt: skip
def test_what_can_be_guessed(values: list[str]) -> None:
    with pytest.raises(Failure):
        expect.cannot_be_guessed(values)


@pytest.mark.parametrize(
    "values",
    [
        ["k3fz", "92ka", "0bbq"],
        ["5", "3", "9"],
        # in the order of time, and random behind it, as a UUID of version 7 is
        [f"0193{number:04x}{number * 0x9E3779B97F4A7C15 % 2**62:016x}" for number in range(9)],
        ["one"],
    ],
)
def test_what_cannot_be_guessed(values: list[str]) -> None:
    expect.cannot_be_guessed(values)


def test_an_altered_value_differs_in_one_place() -> None:
    for value in ("abcdefgh", "x", "AAAABBBB"):
        for other in expect.altered_values(value):
            assert sum(one != two for one, two in zip(value, other, strict=True)) == 1
    assert expect.altered_values("") == ()


# --- what a 500 tells, and ids --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Traceback (most recent call last):", '  File "app.py", line 3', "at f (/srv/app.js:3:7)",
        "app.rb:12:in `call'", "Main.java:42", "goroutine 1 [running]:", "panicked at src/main.rs",
        "&quot;app.py&quot;, line 3", "/srv/app.php on line 3", "#0 /srv/app.php(12)",
    ],
)  # fmt: skip
def test_a_stack_trace_is_seen_in_any_language(body: str) -> None:
    assert "contains a stack trace" in said(
        lambda: expect.shows_no_stack_trace(answer(body, status=500))
    )


@pytest.mark.parametrize(
    "body", ["", "Internal Server Error", "Error 500, request id 3f:12", "Try example.com:80 later"]
)
def test_a_plain_500_tells_nothing(body: str) -> None:
    expect.shows_no_stack_trace(answer(body, status=500))
    expect.keeps_to_itself(answer(body, status=500), "figs")


def test_a_message_is_seen_in_the_head_too() -> None:
    assert "The head of the 500" in said(
        lambda: expect.keeps_to_itself(answer("", "X-Error: no figs", status=500), "figs")
    )


def test_ids_of_requests() -> None:
    expect.same_id(answer("", "X-Request-ID: a"), "a")
    expect.fresh_id(answer("", "X-Request-ID: 7"), "a b", "a")
    expect.no_sniffing(answer("", "X-Content-Type-Options: NoSniff"))
    wrong: dict[str, Callable[[], object]] = {
        "has 2 X-Request-ID headers": lambda: expect.request_id(
            answer("", "X-Request-ID: a", "X-Request-ID: b")
        ),
        "The X-Request-ID is empty": lambda: expect.request_id(answer("", "X-Request-ID:")),
        "'b' is well-formed, but the answer has another": lambda: expect.same_id(
            answer("", "X-Request-ID: a"), "b"
        ),
        "is not well-formed": lambda: expect.fresh_id(answer("", "X-Request-ID: a"), "a b", "a"),
        "got the same one: a": lambda: expect.different_ids([answer("", "X-Request-ID: a")] * 2),
        "has X-Content-Type-Options: no, which": lambda: expect.no_sniffing(
            answer("", "X-Content-Type-Options: no")
        ),
    }
    assert {part: part in said(judge) for part, judge in wrong.items()} == dict.fromkeys(
        wrong, True
    )


# --- templates ------------------------------------------------------------------------------------

FORM = "<p title=\"{{ name }}\"><a title='{{ name }}'>{{ name }}</a></p>"


def page(body: str) -> Response:
    return answer(body, "Content-Type: text/html; charset=utf-8")


def test_a_page_is_the_template_whatever_its_escapes() -> None:
    body = "<p  title='&#60;&quot;'><a title=\"&lt;&#x22;\">\n &lt;&#34;\n</a></p>"
    expect.filled_template(page(body), FORM, '<"')


@pytest.mark.parametrize(
    ("body", "name", "problem"),
    [
        (FORM, "x", "your server did not fill the template"),
        (FORM.replace("{{ name }}", "x", 1), "x", "Only some places of the template were filled"),
        ("<h1>x</h1>", "x", "The page has an element <h1> that the template does not have."),
        ("x", "x", "The page is not made of the template: it has no element <p>."),
        (FORM.replace("{{ name }}", "<b>"), "<b>", "it became an element of the page, <b>"),
        (FORM.replace("{{ name }}", '" y="'), '" y="', "<p> has got an attribute 'y'"),
        (
            "<p title='&amp;'><a title='&amp;'>&amp;amp;</a></p>", "&",
            "The name was escaped twice: the client shows its escapes, '&amp;'.",
        ),
        ("<p title=x><a title=x>y</a></p>", "x", "The element <a> shows 'y', not 'x'."),
        ("<p title=ü><a title=ü>Ã¼</a></p>", "ü", "'ü' was decoded as Latin-1"),
        ("<p title=y><a title=x>x</a></p>", "x", "The attribute title of <p> is 'y', not 'x'."),
    ],
)  # fmt: skip
def test_another_page_is_explained(body: str, name: str, problem: str) -> None:
    assert problem in said(lambda: expect.filled_template(page(body), FORM, name))
