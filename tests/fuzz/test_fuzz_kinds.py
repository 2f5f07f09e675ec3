"""Each kind of fault that only odd requests show is found by `grade fuzz`, within so many
conversations of one seed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.searches import ROOT, examples, search

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench

PYTHON = f"--python={sys.executable}"
MOST, MOST_SLOWLY = 400, 1200  # conversations

QUICK = [
    ("paths/decodes_in_its_loop.py", ("--stage=paths",), "answer"),
    ("files/joins_absolute_names.py", ("--stage=files",), "bounds of the directory"),
    ("malformed/digits_of_any_script.py", ("--stage=malformed",), "status"),
]
SLOW = [
    ("headers/decodes_in_its_loop.py", ("--stage=headers",), "answer"),
    ("echo/lstrip.py", ("--stage=echo",), "body"),
    ("gzip/zero_is_nothing.py", ("--stage=gzip", "--strict"), "coding"),
    ("echo/decodes_in_its_loop.py", ("--stage=echo",), "answer"),
    ("echo/searches_the_headers.py", ("--stage=echo",), "body|status"),
    ("echo/cached_by_its_beginning.py", ("--stage=echo",), "body"),
    ("headers/escapes_for_html.py", ("--stage=headers",), "body"),
    ("files/names_in_a_buffer.py", ("--stage=files",), "status|body|file"),
    ("keep-alive/version_of_the_first.py", ("--stage=keep-alive", "--strict"), "connection"),
    ("keep-alive/close_in_the_first_only.py", ("--stage=keep-alive",), "connection"),
    ("keep-alive/compresses_once.py", ("--stage=keep-alive", "--stage=gzip"), "coding"),
    ("methods/allow_of_the_first.py", ("--stage=methods", "--strict"), "header"),
    ("methods/no_allow.py", ("--stage=methods",), "header"),
    ("malformed/needs_no_host.py", ("--stage=malformed",), "status"),
    ("malformed/looks_at_the_first.py", ("--stage=malformed",), "status"),
    ("chunked/body_of_the_first.py", ("--stage=chunked",), "file"),
    (
        "chunked/ignores_what_follows_a_blank.py",
        ("--stage=chunked", "--strict"),
        "status",
    ),
    ("headers/query_ends_the_loop.py", ("--stage=headers",), "answer"),
    ("headers/strips_like_python.py", ("--stage=headers", "--strict"), "body"),
    ("headers/cuts_at_64.py", ("--stage=headers",), "body"),
    ("headers/refuses_upgrades.py", ("--stage=headers",), "status"),
    ("headers/honours_ranges.py", ("--stage=headers",), "answer|status"),
    ("headers/short_cookies.py", ("--stage=headers",), "status"),
    (
        "headers/one_variable_for_all.py",
        ("--stage=headers", "--stage=concurrency", "--strict"),
        "body",
    ),
    ("concurrency/dies_of_sigpipe.py", ("--stage=concurrency",), "answer|program"),
    ("concurrency/broken_pipe.py", ("--stage=concurrency",), "answer|program"),
    ("files/mixes_uploads.py", ("--stage=files", "--stage=concurrency", "--strict"), "file|answer"),
    ("keep-alive/bleeds_three_bytes.py", ("--stage=keep-alive",), "status|body"),
    (
        "keep-alive/bodies_of_posts_only.py",
        ("--stage=keep-alive", "--strict"),
        "bytes after the answer|status|body",
    ),
    ("keep-alive/ten_requests.py", ("--stage=keep-alive",), "answer|connection"),
    ("keep-alive/two_hundred_requests.py", ("--stage=keep-alive", "--strict"), "answer|connection"),
    ("methods/leaves_the_body.py", ("--stage=methods",), "bytes after the answer|status|body"),
    ("methods/otherwise_get.py", ("--stage=methods",), "status"),
    ("methods/deletes_first.py", ("--stage=methods",), "file"),
    ("malformed/cr_ends_a_line.py", ("--stage=malformed",), "body|file"),
    ("malformed/searches_for_the_length.py", ("--stage=malformed",), "answer|file"),
    ("malformed/first_line_is_stripped.py", ("--stage=malformed",), "body|file"),
    ("malformed/first_of_a_list_counts.py", ("--stage=malformed",), "status"),
    ("malformed/superscripts_raise.py", ("--stage=malformed",), "answer"),
    ("chunked/trailers_are_headers.py", ("--stage=chunked",), "body"),
    ("chunked/stores_the_chunks.py", ("--stage=chunked",), "answer|file"),
    ("chunked/identity_is_no_coding.py", ("--stage=chunked",), "status"),
    ("chunked/digits_of_any_script.py", ("--stage=chunked",), "status"),
    ("chunked/takes_line_feeds.py", ("--stage=chunked", "--strict"), "status"),
]


@pytest.mark.parametrize(
    ("script", "options", "field"),
    [*QUICK, *(pytest.param(*row, marks=pytest.mark.slow) for row in SLOW)],
)
def test_a_kind_of_fault_is_found(script: str, options: tuple[str, ...], field: str) -> None:
    most = MOST if (script, options, field) in QUICK else MOST_SLOWLY
    found = search(script, PYTHON, *examples(most), *options)
    assert found.code == 1, found.out + found.err
    assert re.fullmatch(field, found.field or ""), found.out
    for label in ("problem", "sent", "by hand"):
        assert re.search(rf"^ +(#\d+ )?{label} ", found.out, re.MULTILINE), found.out


SERVER = """
import subprocess
from urllib.parse import unquote
from right_server import Response, Server


class Broken(Server):
    def listen(self):
        import socket
        return socket.create_server(("localhost", {port}))

{method}

Broken.main()
"""
SIBLING = """
    def place(self, name):
        path = (self.directory / unquote(name)).resolve()
        return path if str(path).startswith(str(self.directory)) else None
"""
SHELL = """
    def serve_file(self, request, name):
        if (path := self.place(name)) is None:
            return self.not_found()
        ran = subprocess.run(f"cat {path}", shell=True, capture_output=True)
        if ran.returncode:
            return self.not_found()
        return Response(200, ran.stdout, "application/octet-stream")
"""
LOCATION = """
    def created(self, request, name):
        response = super().created(request, name)
        response.headers["Location"] = "/files/" + unquote(name)
        return response
"""
SILENT = """
    def read_body(self, client, request):
        if request.method == "POST" and "content-length" not in request.headers:
            while self.receive(client):
                pass
            return None
        return super().read_body(client, request)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "field", "sent"),
    [
        pytest.param(
            SIBLING, "bounds of the directory", r"/www-old/(secret|escaped)\.txt", id="sibling"
        ),
        pytest.param(SHELL, "body|file", r"/files/\S*(unname|\*|%2A|%3F)", id="shell"),
        pytest.param(LOCATION, "header", r"%0[dD]%0[aA]X-Evil", id="line end in Location"),
        pytest.param(SILENT, "answer", r"POST /files/\S+ HTTP", id="no length"),
    ],
)
def test_what_no_submission_of_ours_does_is_found(
    bench: Bench, method: str, field: str, sent: str
) -> None:
    right = Path(ROOT, "tests", "submissions", "right_server.py").read_text()
    bench.write("mine/right_server.py", right)
    bench.write("mine/server.py", SERVER.format(port=bench.port, method=method))
    found = search(
        "mine/server.py",
        PYTHON,
        *examples(MOST_SLOWLY),
        "--stage=files",
        "--port",
        str(bench.port),
        where=bench.place,
    )
    assert found.code == 1, found.out + found.err
    assert re.fullmatch(field, found.field or ""), found.out
    assert re.search(sent, found.out), found.out
