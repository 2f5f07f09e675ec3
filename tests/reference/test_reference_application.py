"""Routes, middleware, exception handlers; and the examples in the docstrings."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from reference import Application, HTTPError, HTTPServer, Request, Response
from reference.course import course_application
from reference.http1.messages import Handler
from reference.routing import percent_decoded
from reference.transports import load


def get(application: Application, path: str) -> Response:
    return application(Request("GET", path))


def test_parameters_of_a_path() -> None:
    application = Application()

    @application.route("/users/{user}/posts/{post}")
    def post(request: Request, user: str, post: str) -> Response:
        return Response.text(f"{user}|{post}")

    assert get(application, "/users/a%2Fb/posts/c?d").body == b"a/b|c"
    assert get(application, "/users/a/b/posts/c").status == 404
    assert get(application, "/users//posts/c").status == 404


def test_a_later_route_replaces_an_equal_one() -> None:
    server = HTTPServer()

    @server.route("/")
    def home(request: Request) -> Response:
        return Response(204)

    @server.route("/", "POST", "PUT")
    def other(request: Request) -> Response:
        return Response(201)

    expected = {"GET": 204, "HEAD": 204, "POST": 201, "PUT": 201, "PATCH": 405}
    assert {
        method: server.application(Request(method, "/")).status for method in expected
    } == expected


def test_a_pattern_is_no_regular_expression() -> None:
    application = Application()
    application.route("/a.b")(lambda request: Response())
    assert get(application, "/a.b").status == 200
    assert get(application, "/axb").status == 404


@pytest.mark.parametrize(
    ("method", "target", "status", "allow"),
    [
        ("DELETE", "/", 405, "GET, HEAD, OPTIONS"),
        ("PUT", "/files/a", 405, "GET, HEAD, OPTIONS, POST"),
        ("OPTIONS", "/files/a", 204, "GET, HEAD, OPTIONS, POST"),
        ("OPTIONS", "/nowhere", 404, ""),
        ("OPTIONS", "*", 204, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
        ("BREW", "/", 501, ""),
        ("get", "/", 501, ""),
        ("CONNECT", "a:80", 501, ""),
        ("HEAD", "/", 200, ""),
    ],
)
def test_methods(tmp_path: Path, method: str, target: str, status: int, allow: str) -> None:
    response = course_application(str(tmp_path))(Request(method, target))
    assert (response.status, response.headers.get("Allow")) == (status, allow)


def test_percent_decoding() -> None:
    assert percent_decoded("a%20b%2fc%C3%a9%") == "a b/c\xc3\xa9%"
    assert percent_decoded("%zz%4") == "%zz%4"


def test_middleware_wraps_every_answer_in_order() -> None:
    application, order = Application(), []

    @application.middleware
    def outer(handler: Handler, request: Request) -> Response:
        order.append("outer")
        return handler(request).with_header("Outer", "yes")

    @application.middleware
    def inner(handler: Handler, request: Request) -> Response:
        order.append("inner")
        if request.path == "/refused":
            raise HTTPError(403)
        return handler(request)

    assert get(application, "/").headers.get("outer") == "yes"
    assert order == ["outer", "inner"]
    refused = get(application, "/refused")
    assert (refused.status, refused.headers.get("outer")) == (403, "yes")


def test_an_error_is_a_500_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    application = Application()

    @application.route("/")
    def broken(request: Request) -> Response:
        raise ZeroDivisionError("a detail")

    response = get(application, "/")
    assert (response.status, response.body) == (500, b"Internal Server Error\n")
    assert "ZeroDivisionError: a detail" in capsys.readouterr().err


def test_the_nearest_exception_handler_answers() -> None:
    application = Application()
    application.exception_handler(ArithmeticError)(
        lambda request, error: Response.text(str(error), 400)
    )

    @application.route("/")
    def broken(request: Request) -> Response:
        raise ZeroDivisionError("nothing by nothing")

    assert get(application, "/").body == b"nothing by nothing"


def test_there_is_no_such_server() -> None:
    with pytest.raises(KeyError, match="there are streams"):
        load("stream")


@pytest.mark.parametrize(
    "module", ["web", "routing", "http1.headers", "http1.messages", "http1.connection"]
)
def test_the_examples_are_true(module: str) -> None:
    results = doctest.testmod(import_module(f"reference.{module}"))
    assert results.attempted
    assert not results.failed
