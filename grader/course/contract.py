"""How programs of a course are started, as stages.yaml says it: protocol, launch, reference."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from msgspec.structs import replace
from yaml.nodes import ScalarNode

from grader.course import document
from grader.course.document import MappingKeys, Problems
from grader.course.model import DIRECTORY, PYTHON, REFERENCE, SOCKET, STAGES_FOLDER, Launch
from grader.course.protocols import HTTP1, PROTOCOLS
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from yaml.nodes import Node

LAUNCH = MappingKeys("launch", required=("port", "arguments"), optional=("fixtures",))
STAGE_LAUNCH = MappingKeys("a stage's launch", required=("arguments",), optional=("fixtures",))
COMPARISON = re.compile(r"_[a-z0-9_]+")
FIXTURE = re.compile(r"[a-z][a-z0-9_]*")
PORT = re.compile(r"(\d{1,9})/(\w*)")
PLACEHOLDER = re.compile(r"\{\w*\}")

Fixtures = tuple[tuple[str, "Path"], ...]


def read_protocol(node: Node | None, problems: Problems) -> str:
    """The name of a protocol that there is."""
    return HTTP1 if node is None else _known(node, "protocol", PROTOCOLS, problems) or HTTP1


def read_comparison(node: Node | None, problems: Problems) -> str:
    """The folder in stages/ with what compares the track with the reference, or nothing."""
    if node is None:
        return ""
    folder = document.one_line(node, "comparison", problems)
    if COMPARISON.fullmatch(folder):
        return folder
    problems.add(
        node,
        f"comparison must be the name of a folder in {STAGES_FOLDER}/ that begins with _ (such as"
        f" _compare), not {folder!r}",
    )
    return ""


def _known(node: Node, noun: str, names: Collection[str], problems: Problems) -> str:
    name = document.one_line(node, noun, problems)
    if name in names:
        return name
    meant = did_you_mean(name, names) or f"; there is {', '.join(names)}"
    problems.add(node, f"unknown {noun} {name!r}{meant}")
    return ""


def read_folder(node: Node | None, name: str, problems: Problems) -> str:
    """The path of a folder below the course's directory; where none is given, its name."""
    if node is None:
        return name
    path = document.one_line(node, name, problems)
    if path.startswith("/") or ".." in path.split("/"):
        problems.add(node, f"{name} must be a folder below the course's directory, not {path!r}")
        return name
    return path.rstrip("/") or name


def read_launch(node: Node | None, protocol: str, within: Path, problems: Problems) -> Launch:
    """A track's contract; its fixtures are folders within the course."""
    values = document.mapping(node, LAUNCH, problems)
    transport = PROTOCOLS[protocol].transport
    port = _port(values.get("port"), transport, problems)
    fixtures = _fixtures(values.get("fixtures"), within, problems)
    arguments = _arguments(values.get("arguments"), fixtures, problems)
    return Launch(port, arguments, transport, fixtures)


def read_stage_launch(
    node: Node | None, inherited: Launch, within: Path, problems: Problems
) -> Launch:
    """A stage's contract: the track's, with its own arguments and fixtures from its own folder."""
    if node is None:
        return inherited
    values = document.mapping(node, STAGE_LAUNCH, problems)
    own = _fixtures(values.get("fixtures"), within, problems)
    fixtures = tuple({**dict(inherited.fixtures), **dict(own)}.items())
    arguments = _arguments(values.get("arguments"), fixtures, problems)
    return replace(inherited, arguments=arguments, fixtures=fixtures)


def read_reference(node: Node | None, problems: Problems) -> tuple[str, ...]:
    """The words of the command that starts the reference, given as a list or as one line."""
    if node is None:
        return REFERENCE
    words = _words(node, problems)
    for word in words:
        _placeholders(node, word, (SOCKET, PYTHON), problems)
    if words and not any(SOCKET in word for word in words):
        problems.add(node, f"reference must name {SOCKET}, the socket that it has to listen on")
    return words


def _words(node: Node, problems: Problems) -> tuple[str, ...]:
    if not isinstance(node, ScalarNode):
        nodes = document.items(node, "reference", problems, filled=True)
        return tuple(document.one_line(item, "a word of reference", problems) for item in nodes)
    try:
        return tuple(shlex.split(document.one_line(node, "reference", problems)))
    except ValueError as error:
        problems.add(node, f"reference must be a command: {error}")
        return ()


def _port(node: Node | None, transport: str, problems: Problems) -> int:
    """A port, as 4221 or with its transport, as 4221/tcp: that is the protocol's."""
    if isinstance(node, ScalarNode) and (found := PORT.fullmatch(str(node.value))):
        if found[2] != transport:
            problems.add(node, f"port must be {found[1]}/{transport}: the track's protocol uses it")
        node = ScalarNode(document.INT, found[1], node.start_mark, node.end_mark)
    return int(document.number(node, "port", document.PORT, problems))


def _fixtures(node: Node | None, within: Path, problems: Problems) -> Fixtures:
    """Names, each with its folder, which lies within another one."""
    found = []
    for key, value in document.pairs(node, "fixtures", problems):
        name, named = str(key.value), document.one_line(value, "a fixture", problems)
        folder = (within / named).resolve()
        if not FIXTURE.fullmatch(name) or _placeholder(name) == DIRECTORY:
            problems.add(key, f"a fixture cannot be called {name!r}: use lower-case letters")
        elif folder == within or not folder.is_relative_to(within) or not folder.is_dir():
            problems.add(value, f"fixture {name!r}: there is no folder {named!r} here")
        else:
            found.append((name, folder))
    return tuple(found)


def _placeholder(name: str) -> str:
    return f"{{{name}}}"


def _arguments(
    node: Node | None, fixtures: Sequence[tuple[str, Path]], problems: Problems
) -> tuple[str, ...]:
    nodes = document.items(node, "arguments", problems)
    arguments = tuple(document.one_line(item, "an argument", problems) for item in nodes)
    known = (DIRECTORY, *(_placeholder(name) for name, _ in fixtures))
    for item, argument in zip(nodes, arguments, strict=True):
        _placeholders(item, argument, known, problems)
    return arguments


def _placeholders(node: Node, text: str, known: Sequence[str], problems: Problems) -> None:
    for placeholder in PLACEHOLDER.findall(text):
        if placeholder not in known:
            meant = did_you_mean(placeholder, known) or f"; did you mean {known[0]!r}?"
            problems.add(node, f"unknown placeholder {placeholder!r}{meant}")
