"""The schema that editors use and the loader know the same keys, and agree on what is right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from grader.course import contract, course_root, load_course, outline
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course.document import MappingKeys

CourseWith = Callable[[Mapping[str, str | bytes | None]], Path]

SHAPES = [
    (None, outline.COURSE),
    ("track", outline.TRACK),
    ("stage", outline.STAGE),
    ("launch", contract.LAUNCH),
    ("stage_launch", contract.STAGE_LAUNCH),
    ("budgets", outline.BUDGETS),
    ("stage_budgets", outline.STAGE_BUDGETS),
    ("limits", outline.LIMITS),
]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    checkout = Path(outline.__file__).parents[2]
    loaded: dict[str, Any] = json.loads(
        (checkout / "docs/course.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.mark.parametrize(("name", "keys"), SHAPES)
def test_the_schema_has_the_keys_of_the_loader(
    schema: dict[str, Any], name: str | None, keys: MappingKeys
) -> None:
    shape = schema if name is None else schema["$defs"][name]
    assert sorted(shape["properties"]) == sorted(keys.all)
    assert sorted(shape.get("required", [])) == sorted(keys.required)
    assert shape["additionalProperties"] is False


def test_the_loader_has_all_shapes_of_the_schema(schema: dict[str, Any]) -> None:
    known = [name for name, _ in SHAPES]
    closed = [
        name
        for name, shape in schema["$defs"].items()
        if shape.get("additionalProperties") is False
    ]
    assert sorted(closed) == sorted(name for name in known if name is not None)


def test_a_slug_is_a_slug(schema: dict[str, Any]) -> None:
    assert schema["$defs"]["slug"]["pattern"] == f"^{outline.SLUG.pattern}$"


def test_every_key_is_described(schema: dict[str, Any]) -> None:
    assert list(undescribed(schema, schema)) == []


def undescribed(schema: Mapping[str, Any], shape: Mapping[str, Any]) -> Iterator[str]:
    for name, field in [*shape.get("properties", {}).items(), *shape.get("$defs", {}).items()]:
        target = (
            schema["$defs"][field["$ref"].removeprefix("#/$defs/")] if "$ref" in field else field
        )
        if "description" not in field and "description" not in target:
            yield name
        yield from undescribed(schema, field)


def test_our_own_course_satisfies_the_schema(schema: dict[str, Any]) -> None:
    text = (course_root() / "stages.yaml").read_text(encoding="utf-8")
    Draft202012Validator(schema).validate(yaml.safe_load(text))
    assert text.startswith("# yaml-language-server: $schema=docs/course.schema.json\n")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("slug: tiny", "slug: Tiny"),
        ("slug: tiny\n", ""),
        ("title: A tiny course", "titel: A tiny course"),
        ("title: A tiny course", "title: ' '"),
        ("title: A tiny course", "title: 7"),
        ("port: 4221", "port: 0"),
        ("port: 4221", "port: '4221'"),
        ("port: 4221", "port: 4221/sctp"),
        ("arguments: []", "arguments: {}"),
        ("arguments: []", "arguments: [], fixtures: {Site: ./}"),
        ("slug: tiny\n", "slug: tiny\nreference: []\n"),
        ("{directory}", "{Dir}"),
        ("close: 0.5", "close: 0"),
        ("close: 0.5", "close: 3601"),
        ("close: 0.5, ", ""),
        ("quiet: 1}", "quiet: soon}"),
        ("requires: [first]", "requires: first"),
        ("requires: [first]", "requires: [first, first]"),
        ("gently: 3", "gently: -1"),
        ("gently: 3", "gently: many"),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses(
    course_with: CourseWith,
    files: Mapping[str, str],
    schema: dict[str, Any],
    right: str,
    wrong: str,
) -> None:
    validator = Draft202012Validator(schema)
    assert validator.is_valid(yaml.safe_load(files["stages.yaml"]))
    text = files["stages.yaml"].replace(right, wrong, 1)
    assert not validator.is_valid(yaml.safe_load(text))
    with pytest.raises(CourseError):
        load_course(course_with({"stages.yaml": text}), only=())
