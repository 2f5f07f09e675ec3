"""The routes of the course, content negotiation, and files."""

import gzip
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import Application, Headers, HTTPServer, Request, Response
from reference.compression import best_coding
from reference.course import course_application


def get(application: Application, path: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return application(Request("GET", path, Headers(named)))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory to serve, beside a secret."""
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


@pytest.fixture
def site(directory: Path) -> Application:
    return course_application(str(directory))


def test_home_is_empty(site: Application) -> None:
    assert get(site, "/?a=b").to_bytes() == b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "path", ["/x", "/index.html", "/echox", "/echo", "/user-agentx", "/user-agent/"]
)
def test_near_misses(site: Application, path: str) -> None:
    assert get(site, path).status == 404


@settings(deadline=None)
@given(st.binary(max_size=50))
def test_echo_gives_the_bytes_back(text: bytes) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in text)
    response = get(course_application(), f"/echo/{encoded}?query")
    assert response.body == text
    assert response.headers.get("Content-Type") == "text/plain"


def test_echo_of_slashes_and_raw_bytes(site: Application) -> None:
    assert get(site, "/echo/a/b//c/").body == b"a/b//c/"
    assert get(site, "/echo/\xc3\xa9").body == b"\xc3\xa9"


def test_user_agent_gives_the_bytes_back(site: Application) -> None:
    assert get(site, "/user-agent", USER_AGENT="caf\xe9 (a; b:c)").body == b"caf\xe9 (a; b:c)"
    assert get(site, "/user-agent").status == 200


def test_without_a_directory_there_are_no_files() -> None:
    assert get(course_application(), "/files/a").status == 404
    assert course_application()(Request("POST", "/files/a")).status == 404


# Negotiation


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("deflate", "deflate"),
        ("br, zstd", "identity"),
        ("br,gzip,zstd", "gzip"),
        ("br ,\tgzip\t, zstd", "gzip"),
        ("notgzip, x-gzip2, gzip2", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0.0", "identity"),
        ("gzip ; q = 0", "identity"),
        ("gzip;Q=0.000", "identity"),
        ("gzip;q=0.001", "gzip"),
        ("gzip;q=1.000", "gzip"),
        ("gzip;q=0, deflate", "deflate"),
        ("gzip;q=0.5, deflate;q=0.6", "deflate"),
        ("deflate, gzip", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("*", "gzip"),
        ("*;q=0", "identity"),
        ("gzip;q=0, *", "deflate"),
        ("gzip, *;q=0", "gzip"),
        ("identity;q=0, *;q=0", "identity"),
        ("gzip;q=banana", "identity"),
        ("gzip;q=2", "identity"),
        ("gzip;q=-1", "identity"),
        ("gzip;level=9;q=0", "identity"),
        ("gzip;level=9", "gzip"),
        (",,gzip,,", "gzip"),
        (";q=1", "identity"),
    ],
)
def test_which_coding_is_best(accept: str, coding: str) -> None:
    assert best_coding(accept) == coding


@pytest.mark.parametrize(
    ("coding", "decode"),
    [("gzip", gzip.decompress), ("deflate", zlib.decompress), ("identity", bytes)],
)
def test_text_is_compressed(site: Application, coding: str, decode: object) -> None:
    assert callable(decode)
    response = get(site, "/echo/hello", ACCEPT_ENCODING=coding)
    assert decode(response.body) == b"hello"
    assert response.headers.get("Content-Encoding", "identity") == coding
    assert response.headers.get("Content-Type") == "text/plain"
    assert response.headers.get("Vary") == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/nothing", "/user-agent", "/files/data"])
def test_what_is_not_compressed(site: Application, directory: Path, path: str) -> None:
    (directory / "data").write_bytes(b"data")
    response = get(site, path, ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers


# Files


def test_files_are_read_and_replaced(site: Application, directory: Path) -> None:
    for content in (bytes(range(256)), b"", b"a\r\n\r\nb\n"):
        response = site(Request("POST", "/files/a%20b?c", body=content))
        assert (response.status, response.headers.get("Location")) == (201, "/files/a%20b")
        assert (directory / "a b").read_bytes() == content
        answer = get(site, "/files/a%20b")
        assert (answer.body, answer.headers.get("Content-Type")) == (
            content,
            "application/octet-stream",
        )
    assert os.listdir(directory) == ["a b"]


def test_a_name_is_bytes(site: Application, directory: Path) -> None:
    site(Request("POST", "/files/caf%C3%A9", body=b"1"))
    assert (directory / "caf\xe9").read_bytes() == b"1"
    assert get(site, "/files/caf\xc3\xa9").body == b"1"


def test_uploads_have_ordinary_permissions(site: Application, directory: Path) -> None:
    (directory / "ordinary").touch()
    site(Request("POST", "/files/upload", body=b"1"))
    assert (directory / "upload").stat().st_mode == (directory / "ordinary").stat().st_mode


@pytest.fixture
def traps(directory: Path) -> None:
    (directory / "out").symlink_to(directory.parent)
    (directory / "secret-link").symlink_to(directory.parent / "secret")
    (directory / "dangling").symlink_to(directory.parent / "new")
    (directory / "loop").symlink_to(directory / "loop")
    (directory / "sub").mkdir()
    os.mkfifo(directory / "pipe")
    (directory.parent / "files-too").mkdir()
    (directory.parent / "files-too" / "secret").write_bytes(b"secret")


OUTSIDE = [
    "../secret",
    "%2e%2e/secret",
    "..%2fsecret",
    "sub/../../secret",
    "./../secret",
    "../files-too/secret",
    "{parent}/secret",
    "%2F{parent}/secret",
    "out/secret",
    "secret-link",
    "out/new",
    "dangling",
    "../new",
    "{parent}/new",
    "a%00b",
    "",
    "sub",
    "sub/",
    ".",
    "..",
    "/",
    "loop",
    "pipe",
    "no/such/place",
    "new/",
    "x" * 300,
]


@pytest.mark.usefixtures("traps")
@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_outside_is_touched(
    site: Application, directory: Path, name: str, method: str
) -> None:
    before = sorted(directory.parent.rglob("*"))
    path = "/files/" + name.format(parent=directory.parent)
    response = site(Request(method, path, body=b"evil"))
    assert response.status == 404
    assert b"secret" not in response.body
    assert sorted(directory.parent.rglob("*")) == before
    assert (directory.parent / "secret").read_bytes() == b"secret"


def test_links_inside_are_followed(site: Application, directory: Path) -> None:
    (directory / "target").write_bytes(b"1")
    (directory / "link").symlink_to("target")
    assert site(Request("POST", "/files/link", body=b"2")).status == 201
    assert (directory / "link").is_symlink()
    assert get(site, "/files/target").body == b"2"


def test_a_directory_that_is_a_link_is_served(tmp_path: Path, directory: Path) -> None:
    (directory / "a").write_bytes(b"1")
    (tmp_path / "link").symlink_to(directory)
    assert get(course_application(str(tmp_path / "link")), "/files/a").body == b"1"


def test_a_failed_upload_leaves_nothing(
    site: Application, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    (directory / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", full)
    assert site(Request("POST", "/files/a", body=b"new")).status == 507
    assert os.listdir(directory) == ["a"]
    assert (directory / "a").read_bytes() == b"old"


def test_an_error_of_ours_is_a_500(
    site: Application,
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(source: str, target: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", broken)
    assert site(Request("POST", "/files/a", body=b"new")).status == 500
    assert "Input/output error" in capsys.readouterr().err


def test_a_directory_must_exist(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        HTTPServer(directory=str(tmp_path / "none"))
