"""Which sources are mutated: what the course can see of the reference; and which of the mutants are
drawn."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.mutation.mutants import Mutant, mutants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

UNSEEN_FILES: Final[Mapping[str, str]] = {
    "reference/__main__.py": "the command line: the course uses one option of it",
    "reference/http1/httptools_parser.py": "another parser, of the server that needs httptools",
    "reference/transports/blocking.py": "another server, and what it shares with the threaded one",
    "reference/transports/protocol.py": "another server",
    "reference/transports/threaded.py": "another server",
}
UNPROMISED: Final[Mapping[tuple[str, str], str]] = {
    (
        "reference/static/site.py",
        "NOT_FOUND",
    ): "what an error page says is for people (RFC 9110 15.5)",
    (
        "reference/http1/messages.py",
        "REASONS",
    ): "a reason phrase is for people, and every one is right (RFC 9112 4)",
    ("reference/transports/__init__.py", "TRANSPORTS"): "the help of the command line",
    ("reference/transports/__init__.py", "load"): "it finds the servers; nobody else is asked for",
    (
        "reference/sockets.py",
        "address_of",
    ): "what is printed at the start is never judged",
    ("reference/services/__init__.py", "SERVICES"): "the help of the command line",
    ("reference/services/datagrams.py", "THREADS"): "another server",
    ("reference/services/datagrams.py", "blocking"): "another server",
    ("reference/services/datagrams.py", "threaded"): "another server",
    ("reference/services/datagrams.py", "protocol"): "another server",
    ("reference/services/datagrams.py", "_serve_in_callbacks"): "another server",
    ("reference/services/datagrams.py", "EchoProtocol.connection_made"): "another server",
    ("reference/services/datagrams.py", "EchoProtocol.datagram_received"): "another server",
    ("reference/services/datagrams.py", "FORMS"): "it finds the servers; nobody else is asked for",
    ("reference/server.py", "Server.stop"): "for those who use the server as a library",
    ("reference/server.py", "_path_removed"): "a learner's server listens on TCP",
}
"""What is not mutated, and why: by file and qualified name."""

_HTTP: Final = ("http", "hardening")
_TRACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference/app/": ("web-app",),
    "reference/http1/head.py": (*_HTTP, "sockets"),  # a head is sent back as it came
    "reference/http1/parser.py": (*_HTTP, "web-app"),  # what is handed over to a WebSocket
    "reference/static/": ("static-site",),
    "reference/services/": ("sockets",),
    "reference/transports/": (*_HTTP, "sockets"),
    "reference/server.py": (*_HTTP, "sockets"),
    "reference/sockets.py": (*_HTTP, "sockets"),
}

_STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "reference/app/events.py": ("events",),
    "reference/app/frames.py": ("websocket",),
    "reference/app/middleware.py": ("middleware", "request-log"),
    "reference/app/multipart.py": ("uploads",),
    "reference/app/sessions.py": ("sessions",),
    "reference/app/templates.py": ("json-api", "templates"),
    "reference/app/websocket.py": ("websocket",),
}


def stages_of(file: str) -> tuple[str, ...]:
    """The only stages whose requests reach what this file decides; none where all may."""
    return _STAGES.get(file, ())


def tracks_of(file: str) -> tuple[str, ...]:
    """The tracks that a mutant of this file is graded on: those whose requests reach it. What all
    HTTP has in common is graded on the first two; so a survivor may still fail another track."""
    return next((found for place, found in _TRACKS.items() if file.startswith(place)), _HTTP)


def files(root: Path) -> list[Path]:
    """The files to mutate, in the order of their names."""
    found = sorted((root / "reference").rglob("*.py"))
    return [path for path in found if path.relative_to(root).as_posix() not in UNSEEN_FILES]


@cache
def mutants_of_files(root: Path) -> tuple[Mutant, ...]:
    """Every mutant of the files in scope, of what is not promised, too."""
    named = (
        (path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
        for path in files(root)
    )
    return tuple(mutant for name, source in named for mutant in mutants(name, source))


def all_mutants(root: Path) -> list[Mutant]:
    """Every mutant of the files in scope."""
    found = mutants_of_files(root)
    return [mutant for mutant in found if (mutant.file, mutant.where) not in UNPROMISED]


def drawn(mutants: Sequence[Mutant], sample: int | None, seed: int) -> list[Mutant]:
    """So many of the mutants, in their order: the same ones for the same seed. All of them without
    a number."""
    if sample is None or sample >= len(mutants):
        return list(mutants)
    places = sorted(random.Random(seed).sample(range(len(mutants)), sample))
    return [mutants[place] for place in places]
