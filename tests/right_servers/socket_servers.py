"""Owns what is expected of right servers in the sockets track: which stage each is written for, and what it fails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.right_servers.servers import RightServer

SOCKETS = Path(__file__).parent / "sockets"

_FORMS = (
    "header", "header-quoted", "header-over-meta", "meta", "meta-latin-1", "http-equiv", "late-meta",
    "commented-meta", "byte-order-mark", "utf-16", "utf-16-header", "iso-8859-15", "unknown-charset", "entities",
    "named-entities", "combining", "title-only", "header/chunked", "meta/close",
)  # fmt: skip
"""Of document_forms.py: how the charset is declared, and behind the slash how the end of the body is."""


def sockets() -> Iterable[RightServer]:
    """Each passes the stage that its name begins with."""
    for form in _FORMS:
        yield _server("document", form.replace("/", "-"), ("python3", "document_forms.py", form))
    yield _server("document", "http.server", ("python3", "document_http_server.py"))
    yield _server("document", "node", ("node", "document_node.js"), "node")
    yield _server("document", "go", ("./document_go",), "go", build="document_go")
    yield _server("document", "nginx", ("./document_nginx.sh",), "nginx")
    yield _server("whole-request", "node", ("node", "mirror_node.js"), "node")
    yield _server("whole-request", "go", ("./mirror_go",), "go", build="mirror_go")
    yield _server("whole-request", "streams", ("python3", "mirror_streams.py"))
    yield _server(
        "whole-request", "file", ("python3", "mirror_file.py"),
        advice=("whole-request/readable_while_sending",),  # it closes with bytes unread
    )  # fmt: skip


def _server(
    stage: str,
    name: str,
    command: tuple[str, ...],
    *needs: str,
    build: str = "",
    advice: tuple[str, ...] = (),
) -> RightServer:
    made = ("go", "build", "-o", build, f"{build}.go") if build else ()
    return RightServer(
        f"{stage}-{name}", SOCKETS, command, needs, passes=(stage,), advice=advice, build=made
    )
