"""What the site answers for a file that the client has, for a part of it, and for a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reference import Application, Headers, Request, Response
from reference.course import course_application

if TYPE_CHECKING:
    from pathlib import Path

INDEX = b"<h1>Docs</h1>"


@pytest.fixture
def site(tmp_path: Path) -> Application:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.html").write_bytes(INDEX)
    (tmp_path / "404.html").write_bytes(b"nothing here")
    return course_application(static=str(tmp_path))


def get(site: Application, target: str, method: str = "GET", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site(Request(method, target, Headers(named)))


def test_a_file_comes_with_validators_and_is_not_sent_twice(site: Application) -> None:
    whole = get(site, "/docs/")
    again = get(site, "/docs/", If_None_Match=whole.headers.get("ETag"))
    assert (whole.status, again.status, again.body) == (200, 304, b"")
    assert again.headers.get("ETag") == whole.headers.get("ETag")


def test_a_part_is_cut_from_the_file(site: Application) -> None:
    part = get(site, "/docs/", Range="bytes=4-7")
    assert (part.status, part.body) == (206, b"Docs")
    assert get(site, "/docs/", Range="bytes=99-").status == 416


def test_that_the_client_has_it_counts_before_the_part(site: Application) -> None:
    tag = get(site, "/docs/").headers.get("ETag")
    assert get(site, "/docs/", If_None_Match=tag, Range="bytes=4-7").status == 304


def test_what_is_missing_has_no_versions_and_no_parts(site: Application) -> None:
    for headers in ({"If_None_Match": "*"}, {"Range": "bytes=0-1"}):
        assert get(site, "/missing", **headers).status == 404


def test_a_file_is_not_compressed_since_its_tag_names_its_bytes(site: Application) -> None:
    assert get(site, "/docs/", Accept_Encoding="gzip").body == INDEX


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/docs", "/docs/"),
        ("/docs?a=1", "/docs/?a=1"),
        ("/%64ocs", "/%64ocs/"),
    ],
)
def test_a_folder_leads_to_its_slash(site: Application, target: str, location: str) -> None:
    answer = get(site, target)
    assert (answer.status, answer.headers.get("Location")) == (301, location)


def test_no_redirect_leads_to_another_host(site: Application, tmp_path: Path) -> None:
    for target in ("//docs", f"/{tmp_path}/docs"):
        assert not get(site, target).headers.get("Location").startswith("//")
