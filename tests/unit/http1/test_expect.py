"""Every judgement both ways: silent when it is right, and a `Failure` that says what was expected
when not."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Transcript
from grader.http1 import expect
from grader.http1.wire import Response, ResponseReader
from grader.program.served_directory import SharedFiles
from grader.system.patience import Deadline

if TYPE_CHECKING:
    from grader.http1.session import Session


def answer(
    body: bytes = b"hello", *headers: str, status: int = 200, method: str = "GET"
) -> Response:
    reader = ResponseReader()
    lines = [
        f"HTTP/1.1 {status} X",
        *headers,
        *([] if 100 <= status < 200 else [f"Content-Length: {len(body)}"]),
    ]
    reader.feed("\r\n".join([*lines, "", ""]).encode() + body)
    response = reader.response(method)
    assert response is not None
    return response


def unended(body: bytes = b"") -> Response:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\n\r\n" + body)
    reader.eof()
    response = reader.response("GET")
    assert response is not None
    return response


def read(data: bytes) -> Response:
    reader = ResponseReader()
    reader.feed(data)
    response = reader.response("GET")
    assert response is not None
    return response


def no_space() -> Response:
    return read(b"HTTP/1.1 204\r\n\r\n")


def listed() -> Response:
    return read(b"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx")


TEXT = answer(b"hello", "Content-Type: text/plain; charset=utf-8", "Allow: GET")
SQUEEZED = answer(gzip.compress(b"hello"), "Content-Encoding: gzip")
BROKEN = answer(b"not gzip", "Content-Encoding: gzip")
PART = answer(b"hello", "Content-Range: bytes 1-5/7", status=206)
TWICE = answer(b"", "Content-Length: 0")
Judgement = Callable[[], object]

RIGHT: dict[str, Judgement] = {
    "status": lambda: expect.status(TEXT, 200),
    "one of statuses": lambda: expect.status(TEXT, 404, 200),
    "refused": lambda: expect.refused(answer(status=400), 501, hint="hint"),
    "body": lambda: expect.body(TEXT, b"hello"),
    "decoded body": lambda: expect.body(SQUEEZED, b"hello"),
    "media type": lambda: expect.media_type(TEXT, "text/plain"),
    "header": lambda: expect.header(TEXT, "ALLOW"),
    "no header": lambda: expect.no_header(TEXT, "Vary", "why"),
    "coding": lambda: expect.codings(SQUEEZED, ["gzip"]),
    "no coding": lambda: expect.codings(TEXT, ["gzip", "identity"]),
    "told apart": lambda: expect.told_apart(TEXT),
    "alike": lambda: expect.alike(answer(b"hello", "Content-Type: text/plain"), TEXT),
    "alike, coded": lambda: expect.alike(SQUEEZED, answer(b"hello")),
    "answered": lambda: expect.answered(answer(status=500)),
    "not in body": lambda: expect.not_in_body(TEXT, b"secret", "hint"),
    "contains": lambda: expect.contains("GET, HEAD", "GET", "Allow"),
    "part of": lambda: expect.part_of(PART, b"0hello9", 1, 5, "hint"),
    "one length": lambda: expect.one_length(TEXT, "hint"),
    "a space": lambda: expect.space_after_the_code(TEXT),
    "decoded": lambda: either(b"a b"),
    "as sent": lambda: either(b"a%20b"),
    "consistent": lambda: expect.consistent([1, 1, 1], "It changes."),
    "equal": lambda: expect.equal(3, 3, "things", "hint"),
    "ordinary": lambda: expect.text_of(ordinary(200, b"gr\xc3\xbcn"), "grün"),
}  # fmt: skip


def either(body: bytes, status: int = 200) -> None:
    found = expect.decoded_or_as_sent(answer(body, status=status), b"a b", b"a%20b", hint="hint")
    assert found is (body == b"a b")


def ordinary(status: int, content: bytes) -> Any:  # noqa: ANN401
    return SimpleNamespace(status_code=status, content=content)


WRONG: dict[str, tuple[Judgement, str]] = {
    "status": (lambda: expect.status(TEXT, 404, 400), "The status is 200, not 404 or 400."),
    "not refused": (lambda: expect.refused(TEXT, 400, hint="hint"),
                    "The status is 200, but this request must be rejected (4xx or 5xx)."),
    "a shorter body": (lambda: expect.body(TEXT, b"hell"), "5 bytes instead of 4"),
    "another body": (lambda: expect.body(TEXT, b"hexlo"), "it differs at byte 2"),
    "a body that is no gzip": (lambda: expect.body(BROKEN, b"hello"), "gzip"),
    "another media type": (lambda: expect.media_type(TEXT, "text/html"),
                           "text/plain; charset=utf-8, not text/html"),
    "no media type": (lambda: expect.media_type(answer(), "text/html"),
                      "The answer has no Content-Type; expected text/"),
    "no header": (lambda: expect.header(TEXT, "Vary"), "The answer has no Vary header."),
    "a header": (lambda: expect.no_header(TEXT, "Allow", "must not"),
                 "has Allow: GET, but must not"),
    "coded": (lambda: expect.codings(SQUEEZED, ["identity"]),
              "The body is compressed (Content-Encoding: gzip), but this request asks for plain"),
    "coded otherwise": (lambda: expect.codings(SQUEEZED, ["deflate"]),
                        "The answer has Content-Encoding: gzip, not deflate."),
    "not coded": (lambda: expect.codings(TEXT, ["gzip", "deflate"]),
                  "The body is not compressed: expected Content-Encoding: deflate or gzip."),
    "no end": (lambda: expect.told_apart(unended()),
               "The client cannot know where this answer ends: add Content-Length or"),
    "another status": (lambda: expect.alike(answer(status=404), TEXT),
                       "The status is 404, not 200."),
    "unlike": (lambda: expect.alike(answer(b"x"), TEXT),
               "The body is not the expected one: it has 1 byte instead of 5."),
    "another type": (lambda: expect.alike(answer(), TEXT),
                     "The answer has no Content-Type; expected text/"),
    "in the body": (lambda: expect.not_in_body(SQUEEZED, b"lo", "hint"),
                    "The answer contains what it must not contain"),
    "does not contain": (lambda: expect.contains("HEAD", "GET", "Allow"),
                         "The Allow header does not contain GET."),
    "another part": (lambda: expect.part_of(PART, b"0hello9", 1, 4, "hint"),
                     "the part asked for is bytes 1 to 4 of 7"),
    "bytes of another part": (lambda: expect.part_of(PART, b"0hallo9", 1, 5, "hint"),
                              "differs at byte 1"),
    "two lengths": (lambda: expect.one_length(TWICE, "hint"), "2 Content-Length headers"),
    "a list of lengths": (lambda: expect.one_length(listed(), "hint"), "Content-Length: 1, 1"),
    "no space": (lambda: expect.space_after_the_code(no_space()),
                 "The space after the status code is missing."),
    "neither": (lambda: either(b"a+b"), "neither decoded nor as it was sent"),
    "a refusal in place of a body": (lambda: expect.body(answer(b"no", status=404), b"hello"),
                                     "The status is 404, not 200."),
    "a refusal in place of a text": (lambda: either(b"no", 400), "The status is 400, not 200."),
    "a refusal without a type": (lambda: expect.media_type(answer(status=404), "text/html"),
                                 "The status is 404, not 200."),
    "a refusal without a header": (lambda: expect.header(answer(status=404), "Location", code=201),
                                   "The status is 404, not 201."),
    "another body of a refusal": (lambda: expect.alike(answer(b"x", status=404),
                                                       answer(b"hello", status=404)),
                                  "it has 1 byte instead of 5."),
    "changing": (lambda: expect.consistent([1, 2, 1], "It changes."), "It changes."),
    "unequal": (lambda: expect.equal(4, 3, "things", "hint"), "4 things"),
    "ordinary status": (lambda: expect.status_of(ordinary(404, b""), 200),
                        "The client (Python requests) got status 404, not 200."),
    "ordinary text": (lambda: expect.text_of(ordinary(200, b"x"), "y"),
                      "The client (Python requests) did not get the expected body: it differs at"),
    "ordinary text's status": (lambda: expect.text_of(ordinary(500, b"y"), "y"),
                               "The client (Python requests) got status 500, not 200."),
}  # fmt: skip


@pytest.mark.parametrize("judgement", RIGHT.values(), ids=RIGHT)
def test_says_nothing_when_it_is_right(judgement: Judgement) -> None:
    assert judgement() in (None, "GET")


@pytest.mark.parametrize(("judgement", "summary"), WRONG.values(), ids=WRONG)
def test_raises_when_it_is_wrong(judgement: Judgement, summary: str) -> None:
    with pytest.raises(Failure) as caught:
        judgement()
    failure = caught.value
    assert summary in failure.summary
    assert failure.expected is not None
    assert failure.actual is not None
    assert not failure.summary.endswith("\n")
    if failure.offset is not None:
        assert isinstance(failure.actual, bytes)
        assert 0 <= failure.offset <= len(failure.actual)


def test_an_interim_answer_is_no_answer() -> None:
    interim = cast("Response", SimpleNamespace(status=100, head=b"HTTP/1.1 100 Continue\r\n\r\n"))
    with pytest.raises(Failure, match="Only an interim answer"):
        expect.answered(interim)


def test_offsets_point_at_what_is_wrong() -> None:
    with pytest.raises(Failure) as caught:
        expect.status(TEXT, 404)
    assert isinstance(caught.value.actual, bytes)
    assert caught.value.actual[caught.value.offset or 0 :].startswith(b"200")
    with pytest.raises(Failure) as caught:
        expect.not_in_body(TEXT, b"lo", "hint")
    assert caught.value.offset == 3


# --- files ----------------------------------------------------------------------------------------


def with_files(place: Path) -> Session:
    """As much of a session as those need who look at files. Its program has ended: nothing will
    come late."""
    files = SharedFiles(place)
    arguments = ("--directory", str(files.directory))
    server = SimpleNamespace(program=SimpleNamespace(wait_exit=lambda _: True))
    return cast(
        "Session",
        SimpleNamespace(
            files=files,
            arguments=arguments,
            server=server,
            quiet=lambda: Deadline(1.0, lambda: None),
            transcript=Transcript(lambda: 0.0),
        ),
    )


def test_stored_files(tmp_path: Path) -> None:
    session = with_files(tmp_path)
    session.files.put("name", b"hello")
    expect.stored(session, "name", b"hello", "hint")
    with pytest.raises(Failure, match="has no file other") as caught:
        expect.stored(session, "other", b"hello", "hint")
    assert caught.value.kind is Kind.FILES
    assert caught.value.expected == (
        "the file DIR/other; your server was started with --directory DIR"
        f" (DIR is {tmp_path}/served)"
    )
    with pytest.raises(Failure, match="it has 5 bytes instead of 4") as caught:
        expect.stored(session, "name", b"help", "hint")
    assert (caught.value.offset, caught.value.hint) == (3, "hint")


def test_a_file_that_is_there_is_found(tmp_path: Path) -> None:
    session = with_files(tmp_path)
    expect.put(session.files, "name", b"hello")
    expect.found(session, answer(b"whatever it holds"), "name", "hint")
    with pytest.raises(Failure, match="The status is 404, not 200") as caught:
        expect.found(session, answer(status=404), "name", "hint")
    assert str(caught.value.expected).startswith("status 200 and the file DIR/name; your server")
    assert caught.value.hint == "hint"


def test_a_directory_and_a_name_without_a_slash(tmp_path: Path) -> None:
    """Whoever joins them so opens a file that is there, and reads in it what was wrong."""
    session = with_files(tmp_path)
    expect.put(session.files, "name", b"hello")
    wrong = Path(f"{session.files.directory}name")
    with pytest.raises(Failure, match="without a slash: it opened servedname, which is") as caught:
        expect.found(session, answer(wrong.read_bytes()), "name", "hint")
    assert caught.value.file == "../servedname"
    assert "with a slash" in str(caught.value.hint)

    Path(f"{session.files.directory}new").write_bytes(b"sent")
    with pytest.raises(Failure, match="without a slash: it wrote servednew, which is"):
        expect.stored(session, "new", b"sent", "hint")


def test_files_that_must_not_be_there(tmp_path: Path) -> None:
    files = SharedFiles(tmp_path)
    files.put("deep/name", b"x")
    files.put_outside("outside", b"y")
    files.link("link", tmp_path / "outside")
    expect.not_written(files, "nam", "hint")
    for name, actual in {
        "name": b"x",
        "outside": b"y",
        "link": "a file that cannot be read",
    }.items():
        with pytest.raises(Failure, match=name) as caught:
            expect.not_written(files, name, "hint")
        assert (caught.value.kind, caught.value.actual) == (Kind.FILES, actual)
