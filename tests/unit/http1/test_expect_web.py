"""What an answer says as JSON, as a page and as a point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.check.failure import Failure
from grader.http1 import expect
from grader.http1.html_document import HtmlDocument
from grader.http1.json_difference import difference_of_values
from grader.http1.wire import Response, ResponseReader

if TYPE_CHECKING:
    from collections.abc import Callable

MARCH_1 = 1_772_368_205
TEXT = "<b>&amp;\"x'</b>"


def answer(body: str | bytes, *headers: str, status: int = 200) -> Response:
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", *headers, f"Content-Length: {len(content)}", "", ""]
    reader = ResponseReader()
    reader.feed("\r\n".join(lines).encode() + content)
    response = reader.response("GET")
    assert response is not None
    return response


def page(body: str, charset: str = "utf-8") -> Response:
    return answer(body.encode(charset), f"Content-Type: text/html; charset={charset}")


def failure(judge: Callable[[], object]) -> str:
    with pytest.raises(Failure) as raised:
        judge()
    return raised.value.summary


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('{"b": [1.0, "\\u00fc"], "a": null}\n', {"a": None, "b": [1, "ü"]}),
        ("[true, false, {}]", [True, False, {}]),
        ('"text"', "text"),
    ],
)
def test_json_is_compared_as_a_value(body: str, wanted: Any) -> None:  # noqa: ANN401  (JSON)
    expect.json_is(answer(body), wanted)
    expect.json_is(answer(body, status=201), wanted, 201)


@pytest.mark.parametrize(
    ("found", "wanted", "said"),
    [
        ({"a": "1"}, {"a": 1}, '"a" is the string "1", not the number 1'),
        ({"a": True}, {"a": 1}, '"a" is true, not the number 1'),
        ({"a": None}, {"a": ""}, '"a" is null, not the string ""'),
        ({}, {"a": 1}, 'the key "a" is missing'),
        ({"a": 1, "b": 2}, {"a": 1}, 'the key "b" is one too many'),
        ({"a": {"c": 1}}, {"a": {"b": 1}}, 'the key "b" is missing in "a"'),
        ([], {}, "the value is an array, not an object"),
        (["x"], ["x", "y"], 'the value has 1 item instead of 2: "y" is missing'),
        ([1, 2, 3], [1, 2], "the value has 3 items instead of 2: 3 is one too many"),
        ([1, 3], [2], "the value has 2 items instead of 1"),
        ({"a": [1, 2]}, {"a": [1, 3]}, 'item 2 of "a" is the number 2, not the number 3'),
        ([1, 2, 1], [2, 1, 1], "the items of the value are in another order"),
        ("a" * 90, 3, f'the value is the string "{"a" * 56}..., not the number 3'),
    ],
)  # fmt: skip
def test_where_two_values_differ(found: Any, wanted: Any, said: str) -> None:  # noqa: ANN401
    assert difference_of_values(found, wanted) == said


@pytest.mark.parametrize(
    ("found", "how"),
    [
        ("GrÃ¼\xc3\x9f & 1+%41 ", "was decoded as latin-1, and is UTF-8"),
        ("GrÃ¼ÃŸ & 1+%41 ", "was decoded as windows-1252, and is UTF-8"),
        ("Gr & 1+%41 ", "lacks what is not ASCII"),
        ("Grüß & 1+A ", "was decoded twice"),
        ("Grüß & 1 A ", "was decoded twice"),
        ("Grüß & 1 %41 ", "has a space where a + was encoded"),
        ("Gr%C3%BC%C3%9F%20%26%201%2B%2541%20", "is still percent-encoded, at least in part"),
        ("Gr%C3%BC%C3%9F+%26+1%2B%2541+", "is still percent-encoded, at least in part"),
        ("Grüß & 1+%41", "lacks the white space at its ends"),
        ("grüß & 1+%41 ", "is in lower case"),
        ("Grüß ", 'ends before the "&"'),
    ],
)
def test_what_was_done_to_a_text(found: str, how: str) -> None:
    said = difference_of_values({"q": found}, {"q": "Grüß & 1+%41 "})
    assert said.startswith(f'"q" {how}: it is "')


def test_a_long_text_is_counted() -> None:
    said = difference_of_values("a" * 900, "a" * 60_000)
    assert said.startswith("the value has only the first 900 characters of 60,000: ")
    said = difference_of_values({"0": 1}, {str(number): 1 for number in range(20)})
    assert said == 'the key "1" is missing: the object has 1 key instead of 20'
    assert "line feeds in place of CRLF" in difference_of_values("a\nb", "a\r\nb")


def test_a_plus_that_was_left() -> None:
    said = difference_of_values(["a+b c"], ["a b c"])
    assert said == 'item 1 of the value still has + in place of spaces: it is "a+b c", not "a b c"'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "it is empty"),
        (b"{'a': 1}", "strings are in single quotes"),
        (b'{"a": 1', "a comma is missing here, or a quote before it is not escaped"),
        (b'"a\nb"', "a line break or another control character is not escaped"),
        (b"<p>Thank you</p>", "it begins with '<p>Thank you'..."),
        (b"{a: 1}", "here is no key in double quotes"),
        (b'"\\x"', "a backslash in a string is not escaped"),
        (b"[NaN]", "NaN is no JSON value"),
        (b'"\xfc"', "it is not UTF-8"),
        (b"[" * 200_000, "its brackets are nested too deep"),
        (b" " * (1 << 20) + b"1", "it has more than 1 MiB"),
    ],
)
def test_what_is_no_json(body: bytes, said: str) -> None:
    assert failure(lambda: expect.json_value(answer(body))) == f"The body is not JSON: {said}."


def test_the_status_comes_before_the_value() -> None:
    assert failure(lambda: expect.json_value(answer("1", status=404))) == (
        "The status is 404, not 200."
    )


def test_a_page_is_read_as_it_is_shown() -> None:
    read = HtmlDocument.of(
        "<!doctype html><title>a</title><style>b</style><p class=x>1 <br>&lt;\n <i>2</i></p></div>3"
    )
    assert read.text == "1 < 23"
    assert [one.name for one in read.elements] == ["title", "style", "p", "br", "i"]
    assert [(one.attributes, one.text) for one in read.named("p")] == [({"class": "x"}, "1 < 2")]


@pytest.mark.parametrize(
    "source",
    [
        "<head><title>a</title></head><body><p>1</p></body>",
        "<HTML><HEAD><META charset=utf-8><TITLE>a</TITLE><BODY><P>1",
        "<html><head><title>a</title><script>b</script>\n<p>1",
        "<head><title>a</title>\n1",
        "<title>a</title>1",
    ],
)
def test_tags_that_may_be_left_out_hide_nothing(source: str) -> None:
    assert HtmlDocument.of(source).text == "1"


def test_a_page_shows_a_text() -> None:
    escaped = "<p>&lt;b&gt;&amp;amp;&#34;x&#39;&lt;/b&gt;"
    for found in (page(escaped), page(f"{escaped}ü", "latin-1"), page(f"{escaped}ü", "utf-16")):
        expect.shows(found, expect.html_document(found), TEXT)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            f"<p>{TEXT}",
            '"<b>&amp;\\"x\'</b>" was not escaped: the client reads it as HTML, and shows ',
        ),
        (f"<script>'{TEXT}'", '"<b>&amp;\\"x\'</b>" was not escaped: the client reads it as HTML.'),
        ("<p>&amp;lt;b&amp;gt;&amp;amp;amp;\"x'&amp;lt;/b&amp;gt;", "The text was escaped twice: "),
        ("<p>nothing", "The page does not show "),
    ],
)
def test_a_page_does_not_show_it(body: str, said: str) -> None:
    found = page(body)
    assert failure(lambda: expect.shows(found, expect.html_document(found), TEXT)).startswith(said)


def test_what_is_no_page() -> None:
    assert "Content-Type" in failure(lambda: expect.html_document(answer("<p>")))
    assert "65,536" in failure(lambda: expect.html_document(page("x" * 70_000)))
    assert expect.html_document(answer("ü", "Content-Type: text/html; charset=x")).text == "ü"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:30:05Z", "2026-03-01t12:30:05z", "2026-03-01 12:30:05+00:00",
        "2026-03-01T14:30:05+02:00\n", "2026-02-28T23:00:05-13:30", "2026-03-01T12:30:05-00:00",
    ],
)  # fmt: skip
def test_times_are_written_in_many_ways(text: str) -> None:
    assert expect.rfc_3339(answer(text)) == MARCH_1


def test_parts_of_a_second_and_a_leap_second() -> None:
    assert expect.rfc_3339(answer("2026-03-01T12:30:05.250000001Z")) == MARCH_1 + 0.250000001
    assert expect.rfc_3339(answer("2016-12-31T23:59:60Z")) == 1_483_228_799


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "it is empty"),
        ("1772368205", "it is the number 1772368205"),
        ('"2026-03-01T12:30:05Z"', "it is in quotes, as JSON"),
        ("2026-03-01T12:30Z", "it is '2026-03-01T12:30Z'"),
        ("2026-13-01T12:30:05Z", "it is '2026-13-01T12:30:05Z'"),
        ("2026-03-01T12:30:05+99:00", "it is '2026-03-01T12:30:05+99:00'"),
    ],
)
def test_what_is_no_time(body: str, said: str) -> None:
    assert failure(lambda: expect.rfc_3339(answer(body))) == (
        f"The body is no RFC 3339 time: {said}."
    )
