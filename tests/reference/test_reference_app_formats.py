"""What a client sends to the web application, read or refused: uploads, and cookies."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest

from reference import Headers, HTTPError, Request, Response
from reference.app.multipart import MOST_PARTS, Part, parameters, parts
from reference.app.sessions import LIFETIME, Session, Sessions, cookies


def upload(body: bytes, kind: str = "multipart/form-data; boundary=XYZ") -> list[Part]:
    return parts(Request("POST", "/upload", Headers({"Content-Type": kind}), body))


def part(head: str, content: bytes = b"") -> bytes:
    return f"--XYZ\r\nContent-Disposition: {head}\r\n\r\n".encode() + content + b"\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n",
        b"--XYZ",
        b"--XYZ--",
        b"\r\n--XYZZ",
        b"\r\n--XYZ-",
        b"\r\n--XYZ-- and more",
        b"\n--XYZ\n",
        b"a\r\n\r\nb",
        bytes(range(256)),
    ],
)
def test_a_part_is_what_is_between_its_boundaries(content: bytes) -> None:
    body = part("form-data; name=a", content) + part("form-data; name=b") + b"--XYZ--"
    if content in (b"--XYZ", b"--XYZ--"):
        content = b"x" + content  # at the beginning of a line this is a boundary
        body = part("form-data; name=a", content) + part("form-data; name=b") + b"--XYZ--"
    assert [(one.name, one.content) for one in upload(body)] == [("a", content), ("b", b"")]


def test_what_is_before_and_behind_the_parts_is_ignored() -> None:
    body = b"before\r\n" + part("form-data; name=a", b"1") + b"--XYZ-- \r\nbehind\r\n--XYZ\r\n"
    assert upload(body) == [Part("a", b"1")]
    assert upload(b"--XYZ--\r\n") == []


def test_blanks_behind_a_boundary() -> None:
    assert upload(b"--XYZ \t\r\n" + part("form-data; name=a")[7:] + b"--XYZ--") == [Part("a", b"")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('form-data; name="a"; filename="b c.txt"', ("a", "b c.txt")),
        ("FORM-DATA; Name=a; filename=b", ("a", "b")),
        ('form-data; filename="name=x"; name="a;b"', ("a;b", "name=x")),
        ('form-data; name="%22%0d%0A"; filename=""', ('"\r\n', "")),
        (r'form-data; name="a\"b"; filename="c:\d"', ('a"b', r"c:\d")),
        ('form-data; name="caf\u00e9"', ("caf\u00e9", None)),
    ],
)
def test_names(head: str, expected: tuple[str, str | None]) -> None:
    (found,) = upload(part(head) + b"--XYZ--")
    assert (found.name, found.filename) == expected


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=XYZ", 400),
        (part("form-data; name=a"), "multipart/form-data; boundary=XYZ", 400),
        (part("form-data"), "multipart/form-data; boundary=XYZ", 400),
        (part("attachment; name=a") + b"--XYZ--", "multipart/form-data; boundary=XYZ", 400),
        (b"--XYZ\r\nno head\r\n--XYZ--", "multipart/form-data; boundary=XYZ", 400),
        (b"--XYZ--", "multipart/form-data", 400),
        (b"----", 'multipart/form-data; boundary=""', 400),
        (b"--XYZ--", "multipart/mixed; boundary=XYZ", 415),
        (10_000 * part("form-data; name=a") + b"--XYZ--", "multipart/form-data; boundary=XYZ", 413),
    ],
)
def test_what_is_no_upload(body: bytes, kind: str, status: int) -> None:
    with pytest.raises(HTTPError) as refused:
        upload(body, kind)
    assert refused.value.status == status


def test_as_many_parts_as_are_allowed() -> None:
    body = MOST_PARTS * part("form-data; name=a")
    assert len(upload(body + b"--XYZ--")) == MOST_PARTS


def test_a_boundary_in_quotes() -> None:
    assert parameters('multipart/form-data; boundary="a b"; x=y') == {"boundary": "a b", "x": "y"}


# --- sessions -------------------------------------------------------------------------------------


def with_cookies(*lines: str) -> Request:
    return Request("GET", "/counter", Headers([("Cookie", line) for line in lines]))


def kept(sessions: Sessions, session: Session) -> str:
    """The pair that a client sends back."""
    cookie = sessions.keep(session, Response()).headers.get("Set-Cookie")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")
    return cookie.partition(";")[0]


def test_a_session_comes_back() -> None:
    sessions, session = Sessions(), Session(values={"count": 3})
    pair = kept(sessions, session)
    for request in (
        with_cookies(pair),
        with_cookies(f"a=b; {pair};c=d"),
        with_cookies("session=forged", pair),
    ):
        assert sessions.of(request) == session


@pytest.mark.parametrize("value", ["", "x", ".", "x.y", "\xe9.\xe9", "W10.", "session"])
def test_what_we_have_not_signed_is_a_new_session(value: str) -> None:
    assert Sessions().of(with_cookies(f"session={value}")).values == {}


def test_no_byte_of_a_session_can_be_altered() -> None:
    sessions, session = Sessions(), Session(values={"count": 3})
    pair = kept(sessions, session)
    for at in range(len("session="), len(pair)):
        altered = f"{pair[:at]}{'B' if pair[at] == 'A' else 'A'}{pair[at + 1 :]}"
        assert sessions.of(with_cookies(altered)).id != session.id
    assert Sessions().of(with_cookies(pair)).id != session.id


def test_a_session_ends_at_logout_and_with_its_time() -> None:
    sessions, session, other = Sessions(), Session(), Session()
    pair, pair_of_other = kept(sessions, session), kept(sessions, other)
    ended = sessions.end(with_cookies(pair), Response(204))
    assert re.match("session=; .*Max-Age=0", ended.headers.get("Set-Cookie"))
    assert sessions.of(with_cookies(pair)).id != session.id
    assert sessions.of(with_cookies(pair_of_other)) == other
    old = Session(until=other.until - LIFETIME - 1)
    assert sessions.of(with_cookies(kept(sessions, old))).id != old.id


def test_ids_are_all_different() -> None:
    assert len({Session().id for _ in range(100)}) == 100


def test_cookies_of_one_name() -> None:
    request = with_cookies("a=1; b=2", "a = 3;a=4=5")
    assert list(cookies(request, "a")) == ["1", "4=5"]


@pytest.mark.parametrize(
    "module", ["inputs", "multipart", "templates", "middleware", "events", "frames", "websocket"]
)
def test_the_examples_are_true(module: str) -> None:
    results = doctest.testmod(import_module(f"reference.app.{module}"))
    assert results.attempted
    assert not results.failed
