"""Headers, requests and responses as values, and a response as bytes."""

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import Headers, HTTPError, Request, Response

tokens = st.text("abcdefXYZ-019!#~", min_size=1, max_size=12)
visible = st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f")
values = st.text(visible, max_size=20)
fields = st.lists(st.tuples(tokens.map("X-{}".format), values), max_size=5)


def test_headers_are_found_whatever_their_case() -> None:
    headers = Headers([("Accept", "a"), ("X", "b"), ("ACCEPT", "c")])
    assert headers.get("accept") == "a, c"
    assert headers.get_all("aCCEPT") == ("a", "c")
    assert "accept" in headers
    assert "accep" not in headers
    assert (headers.get("none"), headers.get("none", "d")) == ("", "d")
    assert list(headers.replacing("accept", "e")) == [("X", "b"), ("accept", "e")]
    assert len(headers.without("X")) == 2


def test_headers_are_values() -> None:
    assert Headers({"A": "b"}) == Headers([("A", "b")])
    assert hash(Headers({"A": "b"})) == hash(Headers([("A", "b")]))
    assert Headers({"A": "b"}) != Headers({"A": "c"})
    assert repr(Headers({"A": "b"})) == "Headers([('A', 'b')])"


def test_members_of_a_list() -> None:
    assert Headers({"A": " Close ,, keep-Alive\t"}).members("a") == ("close", "keep-alive")
    assert Headers().members("a") == ()


@pytest.mark.parametrize("name", ["", "a b", "a:", "a\r\n", "\xe9", " a"])
def test_a_name_that_cannot_be_written(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        Headers({name: "a"})


@pytest.mark.parametrize("value", ["a\r\nb: c", "a\n", "\x00", "\x7f", "\u20ac"])
def test_a_value_that_cannot_be_written(value: str) -> None:
    with pytest.raises(ValueError, match="value"):
        Response().with_header("A", value)


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", ""),
        ("/a%20b?c=d?e", "/a%20b", "c=d?e"),
        ("http://host", "/", ""),
        ("http://host?q", "/", "q"),
        ("HTTP://host:80/a/b?q", "/a/b", "q"),
        ("https://host/http://x/", "/http://x/", ""),
        ("/echo/http://x/y?z", "/echo/http://x/y", "z"),
        ("*", "*", ""),
    ],
)
def test_path_and_query_of_a_target(target: str, path: str, query: str) -> None:
    request = Request("GET", target)
    assert (request.path, request.query) == (path, query)


@pytest.mark.parametrize(
    ("version", "connection", "keeps_alive"),
    [
        ("HTTP/1.1", None, True),
        ("HTTP/1.1", "close", False),
        ("HTTP/1.1", "foo , CLOSE", False),
        ("HTTP/1.1", "closed", True),
        ("HTTP/1.0", None, False),
        ("HTTP/1.0", "Keep-Alive", True),
        ("HTTP/1.0", "keep-alive, close", False),
    ],
)
def test_who_keeps_the_connection(version: str, connection: str | None, keeps_alive: bool) -> None:
    headers = Headers({} if connection is None else {"Connection": connection})
    assert Request("GET", "/", headers, version=version).keeps_alive is keeps_alive


def test_a_response_is_written_with_its_length() -> None:
    assert (
        Response.text("\xe9").to_bytes()
        == b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length:"
        b" 2\r\n\r\n\xc3\xa9"
    )
    assert Response().to_bytes() == b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    assert Response(299).to_bytes().startswith(b"HTTP/1.1 299 \r\n")


def test_a_wrong_length_is_put_right() -> None:
    wrong = Response(200, b"abc", Headers([("Content-Length", "5"), ("content-length", "6")]))
    assert wrong.to_bytes() == Response(200, b"abc").to_bytes()


@pytest.mark.parametrize("status", [100, 204, 304])
def test_a_status_without_a_body_has_no_length_either(status: int) -> None:
    data = Response(status, b"ignored").to_bytes()
    assert data.endswith(b"\r\n\r\n")
    assert b"Content-Length" not in data


def test_an_error_is_an_answer() -> None:
    response = HTTPError(405, "no", Headers({"Allow": "GET"})).response
    assert (response.status, response.body, response.headers.get("allow")) == (405, b"no\n", "GET")
    assert HTTPError(404).response.body == b"Not Found\n"


@settings(deadline=None)
@given(st.integers(200, 599), fields, st.binary(max_size=300), st.booleans())
def test_h11_reads_what_is_written(
    status: int, own: list[tuple[str, str]], body: bytes, head: bool
) -> None:
    reader = h11.Connection(h11.CLIENT)
    reader.send(h11.Request(method="HEAD" if head else "GET", target="/", headers=[("Host", "a")]))
    reader.send(h11.EndOfMessage())
    reader.receive_data(Response(status, body, Headers(own)).to_bytes(head_only=head) + b"next")
    response, read = reader.next_event(), b""
    assert isinstance(response, h11.Response)
    while isinstance(event := reader.next_event(), h11.Data):
        read += event.data
    assert isinstance(event, h11.EndOfMessage)
    assert response.status_code == status
    assert read == (b"" if head or status in (204, 304) else body)
    assert reader.trailing_data == (b"next", False)
    written = [
        (name.decode(), value.decode("latin-1")) for name, value in response.headers.raw_items()
    ]
    assert [pair for pair in written if pair[0] != "Content-Length"] == own
