"""Owns what is expected of servers in use that serve a site: which stages of static-site each passes, what it fails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.right_servers.servers import NODE, RightServer

SITES = Path(__file__).parent / "sites"

_STAGES = (
    "index", "clean-urls", "mime-types", "not-found-page", "folders", "traversal", "conditional", "ranges",
)  # fmt: skip
_NO_CLEAN_URLS = "clean-urls/adds_the_suffix"
_LINKS = "traversal/links_stay_inside"
_LISTS = ("index/sends_no_list", "folders/sends_no_list")
_OTHER_PAGE = "not-found-page/uses_the_page_of_the_site"
_NONSENSE = "ranges/nonsense_is_ignored"


def sites() -> Iterable[RightServer]:
    """A required check that one of them fails has an RFC behind it, or it is about clean URLs, which few have."""
    yield _site(
        "nginx", ("python3", "nginx_site.py"), "nginx",
        advice=(
            "mime-types/types_others",  # of .mjs
            _LINKS,
            "conditional/later_date_gets_304",  # its if_modified_since is exact
        ),
    )  # fmt: skip
    yield _site(
        "express", ("node", "express_site.js"), "node", f"{NODE}express",
        advice=(
            "clean-urls/page_comes_before_a_folder", "clean-urls/adds_it_after_a_dot",
            "not-found-page/length_of_head_of_nothing", _OTHER_PAGE, _LINKS,
            "ranges/long_suffix", "ranges/another_version",
        ),
    )  # fmt: skip
    yield _site(
        "go", ("./go_site",), "go", fails=(_NO_CLEAN_URLS,),
        advice=(
            *_LISTS, "mime-types/text_is_not_guessed", "not-found-page/has_a_page", _OTHER_PAGE,
            "folders/location_is_encoded", _LINKS, "ranges/other_unit", _NONSENSE,
            "ranges/empty_file",
        ),
        build=("go", "build", "-o", "go_site", "go_site.go"),
    )  # fmt: skip
    yield _site(
        "http.server", ("python3", "http_server_site.py"), fails=(_NO_CLEAN_URLS,),
        advice=(*_LISTS, _OTHER_PAGE, _LINKS),
    )  # fmt: skip
    yield _site(
        "starlette", ("PYTHON", "starlette_site.py"), "starlette", "uvicorn", fails=(_NO_CLEAN_URLS,),
        advice=(
            "not-found-page/has_a_page", "folders/location_is_encoded", "ranges/other_unit", _NONSENSE,
            "ranges/several",
        ),
    )  # fmt: skip
    yield _site(
        "tornado", ("PYTHON", "tornado_site.py"), "tornado",
        fails=(_NO_CLEAN_URLS, "conditional/changed_is_sent"),  # it keeps the ETags of files: RFC 9110 8.8.1
        advice=(_OTHER_PAGE, _NONSENSE, "ranges/another_version"),
    )  # fmt: skip
    yield _site(
        "twisted", ("PYTHON", "twisted_site.py"), "twisted",
        fails=(
            _NO_CLEAN_URLS,
            "mime-types/unknown_suffix_is_bytes", "mime-types/no_suffix_is_bytes",  # all of these are text/html
            "ranges/malformed",  # 500 to bytes=: RFC 9110 14.2
        ),
        advice=(
            *_LISTS, "mime-types/text_is_not_guessed", _OTHER_PAGE, _LINKS, "ranges/long_suffix",
            "ranges/another_version", "ranges/empty_file",
        ),
    )  # fmt: skip


def _site(
    name: str,
    command: tuple[str, ...],
    *needs: str,
    fails: tuple[str, ...] = (),
    advice: tuple[str, ...] = (),
    build: tuple[str, ...] = (),
) -> RightServer:
    failed = {check.partition("/")[0] for check in fails}
    passes = tuple(stage for stage in _STAGES if stage not in failed)
    return RightServer(f"site-{name}", SITES, command, needs, passes, fails, advice, build)
