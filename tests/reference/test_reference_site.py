"""A site of static files: which file a path means, of which type it is, and what is answered."""

import os
from pathlib import Path

import pytest

from reference import Application, Request, Response
from reference.course import course_application
from reference.static.media_types import media_type
from reference.static.resolve import resolve

FILES = {
    "index.html": "the index",
    "about.html": "about",
    "notes": "as named",
    "notes.html": "with the suffix",
    "guide/index.html": "the guide",
    "guide/figs.html": "figs",
    "guide.html": "the page of this name",
    "docs/index.html": "the documents",
    "version-1.2.html": "a dot in its name",
    "caf\u00e9 noir.html": "not ASCII",
    "empty/site.css": "a folder without an index",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site, beside a secret and a folder whose name begins like the site's."""
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "site-too").mkdir()
    (tmp_path / "site-too" / "index.html").write_text("secret")
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    return tmp_path / "site"


@pytest.fixture
def site(root: Path) -> Application:
    return course_application(static=str(root))


def get(site: Application, target: str, method: str = "GET") -> Response:
    return site(Request(method, target))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/index", "index.html"),
        ("/about", "about.html"),
        ("/about.html", "about.html"),
        ("/notes", "notes"),
        ("/notes.html", "notes.html"),
        ("/guide", "guide.html"),
        ("/guide/", "guide/index.html"),
        ("/guide/figs", "guide/figs.html"),
        ("/guide/../about", "about.html"),
        ("/version-1.2", "version-1.2.html"),
        ("/caf\xc3\xa9 noir", "caf\u00e9 noir.html"),
        ("/empty/site.css", "empty/site.css"),
    ],
)
def test_a_path_means_a_file(root: Path, path: str, name: str) -> None:
    assert resolve(os.path.realpath(root), path) == os.path.realpath(root / name)


@pytest.mark.parametrize(
    "path",
    [
        "/missing", "/about/", "/index.html/", "/index.html/x", "/docs", "/empty", "/empty/",
        "/.html", "/..", "/../secret", "/../secret.html", "/guide/../../secret", "//about", "/a\0b",
        "/" + "a" * 300, "/../site-too/", "/../site-too/index.html", "{outside}/secret.html",
    ],
)  # fmt: skip
def test_a_path_means_nothing(root: Path, path: str) -> None:
    asked = path.replace("{outside}", str(root.parent))
    assert resolve(os.path.realpath(root), asked) is None


def test_links_that_lead_out_mean_nothing(root: Path) -> None:
    (root / "link.html").symlink_to(root.parent / "secret.html")
    (root / "inside.html").symlink_to(root / "about.html")

    assert resolve(os.path.realpath(root), "/link") is None
    assert resolve(os.path.realpath(root), "/inside") == os.path.realpath(root / "about.html")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("index.html", "text/html"),
        ("site.min.css", "text/css; charset=utf-8"),
        ("photo.JPG", "image/jpeg"),
        ("icon.svg", "image/svg+xml"),
        ("module.mjs", "text/javascript; charset=utf-8"),
        ("data", "application/octet-stream"),
        ("site.css/data", "application/octet-stream"),
        (".html", "application/octet-stream"),
        ("data.fig", "application/octet-stream"),
    ],
)
def test_the_suffix_says_the_type(name: str, wanted: str) -> None:
    assert media_type(name) == wanted


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/docs", "/docs/"),
        ("/docs?q=/a", "/docs/?q=/a"),
        ("/%64ocs", "/%64ocs/"),
        ("http://localhost/docs", "/docs/"),
    ],
)
def test_a_folder_is_asked_for_with_its_slash(
    site: Application, target: str, location: str
) -> None:
    answer = get(site, target)
    assert (answer.status, answer.headers.get("Location")) == (301, location)


def test_what_is_missing(site: Application, root: Path) -> None:
    plain = get(site, "/missing")
    (root / "404.html").write_text("not here")
    own = get(site, "/missing?x")

    assert (plain.status, plain.headers.get("Content-Type")) == (404, "text/html")
    assert b"<h1>" in plain.body
    assert (own.status, own.body) == (404, b"not here")


def test_routes_come_before_files(site: Application, root: Path) -> None:
    (root / "echo").mkdir()
    (root / "echo" / "fig.html").write_text("a file")

    assert get(site, "/echo/fig").body == b"fig"
    assert get(site, "/").body == b"the index"


def test_the_site_is_for_reading(site: Application) -> None:
    answer = get(site, "/about", "POST")
    assert (answer.status, answer.headers.get("Allow")) == (405, "GET, HEAD, OPTIONS")
    assert get(site, "/about", "HEAD").status == 200


def test_a_file_that_may_not_be_read(
    site: Application, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(root))

    monkeypatch.setattr("builtins.open", refuse)
    assert get(site, "/about").status == 403


def test_a_site_needs_a_directory(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        course_application(static=str(tmp_path / "missing"))
