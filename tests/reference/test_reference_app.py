"""The web application of the reference: what its handlers answer, called without a server."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reference import Application, Headers, Request, Response
from reference.course import course_application

if TYPE_CHECKING:
    from pathlib import Path

HELLO = "<title>{{ name }}</title><p>Hello, {{name}}! {{ name }}"
JSON = {"Content_Type": "application/json"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def site(tmp_path: Path) -> Application:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hello.html").write_text(HELLO)
    (tmp_path / "time").write_text("a file")
    return course_application(static=str(tmp_path))


def ask(
    site: Application, target: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Response:
    fields = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return site(Request(method, target, fields, body, client="192.0.2.1"))


def value(response: Response) -> object:
    assert response.headers.get("Content-Type") == "application/json"
    return json.loads(response.body)


def test_the_time_is_the_current_one_and_no_file(site: Application) -> None:
    before = datetime.now(UTC)
    told = datetime.fromisoformat(ask(site, "/time").body.decode())
    assert before <= told <= datetime.now(UTC)


@pytest.mark.parametrize("target", ["/users/42", "/users/%34%32", "/users/42?a=b"])
def test_a_number_in_a_path(site: Application, target: str) -> None:
    assert value(ask(site, target)) == {"user_id": 42}


@pytest.mark.parametrize(
    "target", ["/users/x", "/users/4x", "/users/+4", "/users/4_2", "/users/\xb2", "/users/4/2"]
)
def test_what_is_no_number_has_no_route(site: Application, target: str) -> None:
    assert ask(site, target).status == 404


def test_another_method_is_told_which_there_are(site: Application) -> None:
    refused = ask(site, "/users/42", "POST")
    assert (refused.status, refused.headers.get("Allow")) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"q": "", "tags": []}),
        ("?tag=b&q=fig+tree&tag=a", {"q": "fig tree", "tags": ["b", "a"]}),
        ("?q=%C3%BC%2B%26&tag=", {"q": "\xfc+&", "tags": [""]}),
        ("?q=%FF&tag", {"q": "\ufffd", "tags": [""]}),
        ("?q=a%3Db;c", {"q": "a=b;c", "tags": []}),
    ],
)
def test_a_query(site: Application, query: str, expected: object) -> None:
    assert value(ask(site, f"/search{query}")) == expected


def test_too_many_fields(site: Application) -> None:
    assert ask(site, "/search?" + 1001 * "a&").status == 400


def test_a_form(site: Application) -> None:
    fields = value(ask(site, "/form", "POST", b"a=1&b=&a=2&%C3%BC=x+y", **FORM))
    assert fields == {"a": ["1", "2"], "b": "", "\xfc": "x y"}
    assert ask(site, "/form", "POST", b"a=1", **JSON).status == 415
    assert ask(site, "/form", "POST", b"a=1").status == 415
    assert ask(site, "/form", "POST", 1001 * b"a=1&", **FORM).status == 400


def test_an_upload_is_described(site: Application) -> None:
    content = bytes(range(256)) + b"\r\n--XYZ-\r\n--XY\r\n"
    body = (
        b'--XYZ\r\nContent-Disposition: form-data; name="tree"\r\n\r\nfig\r\n'
        b'--XYZ\r\nContent-Disposition: form-data; name="f"; filename="a b"\r\n'
        b"Content-Type: image/png\r\n\r\n" + content + b"\r\n--XYZ--\r\n"
    )
    assert value(
        ask(site, "/upload", "POST", body, Content_Type="multipart/form-data; boundary=XYZ")
    ) == {
        "fields": {"tree": "fig"},
        "files": [
            {
                "name": "f",
                "filename": "a b",
                "type": "image/png",
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        ],
    }


def test_a_message_and_a_name_are_text(site: Application) -> None:
    message = json.dumps({"message": "<b>&\"'\ud800"}).encode()
    posted = ask(site, "/post-something", "POST", message, **JSON)
    assert b"<p>&lt;b&gt;&amp;&quot;&#39;?</p>" in posted.body
    hello = ask(site, "/hello?name=%3Cb%3E{{+name+}}").body.decode()
    assert hello == HELLO.replace("{{ name }}", "{{name}}").replace(
        "{{name}}", "&lt;b&gt;{{ name }}"
    )


def test_a_template_is_read_each_time(site: Application, tmp_path: Path) -> None:
    (tmp_path / "templates" / "hello.html").write_text("now {{ name }}")
    assert ask(site, "/hello?name=fig").body == b"now fig"
    (tmp_path / "templates" / "hello.html").write_text("{{ nobody }}")
    assert ask(site, "/hello?name=fig").status == 500


def test_the_life_of_an_item(site: Application) -> None:
    made = ask(site, "/api/items", "POST", b'{"name": "fig"}', **JSON)
    place = made.headers.get("Location")
    assert (made.status, value(made), place) == (201, {"id": 1, "name": "fig"}, "/api/items/1")
    assert value(ask(site, "/api/items")) == [{"id": 1, "name": "fig"}]
    assert value(ask(site, place)) == {"id": 1, "name": "fig"}
    replaced = ask(site, place, "PUT", b'{"name": "pear", "id": 7}', **JSON)
    assert value(replaced) == value(ask(site, place)) == {"id": 1, "name": "pear"}
    assert ask(site, place, "DELETE").status == 204
    for method, body in (("GET", b""), ("DELETE", b""), ("PUT", b'{"name": "x"}')):
        assert ask(site, place, method, body, **JSON).status == 404
    assert value(ask(site, "/api/items")) == []
    again = ask(site, "/api/items", "POST", b'{"name": "fig"}', **JSON)
    assert again.headers.get("Location") == "/api/items/2"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{'name': 'a'}", "application/json", 400),
        (b'{"name": "a"', "application/json; charset=utf-8", 400),
        (b'{"name": "\xff"}', "application/json", 400),
        (100_000 * b"[", "application/json", 400),
        (b'["a"]', "application/json", 422),
        (b'{"name": 1}', "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"name": "a"}', "text/plain", 415),
    ],
)
def test_what_the_api_refuses_is_told_in_json(
    site: Application, body: bytes, kind: str, status: int
) -> None:
    refused = ask(site, "/api/items", "POST", body, Content_Type=kind)
    assert refused.status == status
    assert isinstance(value(refused), dict)


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("POST", "/api/items/x", 404),
        ("PATCH", "/api/items", 405),
        ("POST", "/api/items/1", 405),
    ],
)
def test_every_error_of_the_api_is_json(
    site: Application, method: str, target: str, status: int
) -> None:
    refused = ask(site, target, method)
    assert (refused.status, bool(value(refused))) == (status, True)
    assert ("Allow" in refused.headers) is (status == 405)


def test_a_broken_handler_tells_nothing(
    site: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(site, "/boom?word=fig%0A127.0.0.1")
    assert (answer.status, answer.body) == (500, b"Internal Server Error\n")
    told = capsys.readouterr()
    assert "RuntimeError: this handler is broken: 'fig\\n127.0.0.1'" in told.err
    assert "192.0.2.1 - - [" in told.out


@pytest.mark.parametrize(
    ("target", "method"),
    [("/time", "GET"), ("/nothing", "GET"), ("/time", "POST"), ("/boom", "GET"), ("/", "BREW")],
)
def test_every_answer_has_the_headers_of_the_middleware(
    site: Application, target: str, method: str
) -> None:
    answer = ask(site, target, method, X_Request_ID="abc.1-_")
    assert answer.headers.get("X-Request-ID") == "abc.1-_"
    assert answer.headers.get("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("given", ["", "a b", "a,b", 65 * "a", "\xe9", "a\t"])
def test_a_request_gets_an_id_that_does_no_harm(site: Application, given: str) -> None:
    ids = {ask(site, "/time", X_Request_ID=given).headers.get("X-Request-ID") for _ in range(9)}
    assert len(ids) == 9
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


def test_a_line_is_logged_for_every_request(
    site: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(site, "/users/1")
    ask(site, '/a"b\\c\xe9\x1b[31m', "HEAD")
    ask(site, "/api/items/1", "DELETE")
    date = r"\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\]"
    for line, request in zip(
        capsys.readouterr().out.splitlines(),
        [
            r'"GET /users/1 HTTP/1.1" 200 15',
            r'"HEAD /a\x22b\x5cc\xe9\x1b[31m HTTP/1.1" 404 -',
            r'"DELETE /api/items/1 HTTP/1.1" 404 32',
        ],
        strict=True,
    ):
        assert re.fullmatch(rf"192\.0\.2\.1 - - {date} {re.escape(request)}", line)
