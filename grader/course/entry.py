"""A new stage's entry in stages.yaml: text that is put between lines which stay as they are, with
their comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from grader.course import document
from grader.course.model import COURSE_FILE
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Sequence


def text_with_stage(
    text: str, track: str, after: str, slug: str, title: str, requires: Sequence[str]
) -> str:
    """The text of a right stages.yaml with an entry below that of the stage `after` of a track. A
    CourseError where the stages do not stand line by line."""
    stages = _stages_of(document.parse(text, COURSE_FILE), track)
    number, found = next(
        (number, node) for number, node in enumerate(stages.value) if _slug_of(node) == after
    )
    if stages.flow_style or found.flow_style:
        raise CourseError(
            f"the stages of track {track!r} do not stand line by line; write the entry by hand",
            file=COURSE_FILE,
            line=document.line_of(found),
        )
    lines = text.splitlines(keepends=True)
    dash = lines[found.start_mark.line].rindex("-", 0, found.start_mark.column)
    entry = [
        f"- slug: {slug}\n",
        f"  title: {_scalar(title)}\n",
        f"  requires: [{', '.join(requires)}]\n",
    ]
    space = ["\n"] if number == 0 or not lines[_first_line(found) - 1].strip() else []
    end = _last_line(found) + 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    lines[end:end] = [*space, *(" " * dash + line for line in entry)]
    return "".join(lines)


def _stages_of(course: Node, track: str) -> SequenceNode:
    tracks = _value(course, "tracks")
    assert isinstance(tracks, SequenceNode)
    stages = next(_value(node, "stages") for node in tracks.value if _slug_of(node) == track)
    assert isinstance(stages, SequenceNode)
    return stages


def _value(node: Node, key: str) -> Node:
    assert isinstance(node, MappingNode)
    found: Node = next(value for name, value in node.value if name.value == key)
    return found


def _slug_of(node: Node) -> str:
    return str(_value(node, "slug").value)


def _first_line(node: Node) -> int:
    return int(node.start_mark.line)


def _last_line(node: Node) -> int:
    """The last line of an entry, counted from 0. The end of a block is known to YAML only by what
    comes after it."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        return _last_line(inner[1] if isinstance(node, MappingNode) else inner)
    return int(node.end_mark.line)


def _scalar(text: str) -> str:
    """Text as YAML reads it back; between quotes where it has to be."""
    try:
        read: Node | None = yaml.compose(f"- {text}\n", Loader=document.LOADER)
    except yaml.YAMLError:
        read = None
    match read:
        case SequenceNode(value=[ScalarNode(tag=document.STR, value=found)]) if found == text:
            return text
    return json.dumps(text, ensure_ascii=False)
