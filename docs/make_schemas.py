"""Makes the JSON Schemas of what other programs read, and the tables of their pages, from types.

python -m docs.make_schemas
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.bench.document import BenchDocument
from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.codec import schema_of
from grader.doctor.document import DoctorDocument
from grader.doctor.finding import State
from grader.gradebooks.document import ResultDocument
from grader.outcomes import Outcome
from grader.report.brief import Brief
from grader.report.document import ReportDocument
from grader.report.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS: Final = Path(__file__).parent
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_OBJECT: Final = "Document"  # how the names of those types end
_WORDS: Final = {
    kind.__name__: [str(word) for word in kind]
    for kind in (Level, Kind, Direction, Outcome, Verdict, State)
}
"""In the order in which they are declared."""

_ORDER: Final = (
    "description", "$ref", "anyOf", "type", "format", "const", "enum", "items", "minimum",
    "pattern", "additionalProperties", "required", "properties",
)  # fmt: skip
Json = dict[str, Any]


def report_schema() -> Json:
    """The schema of the JSON report. It is open: what it does not name may come as well."""
    whole, parts = _parts(ReportDocument)
    version = whole["properties"]["version"]["const"]
    head = {
        "$schema": DIALECT,
        "$id": f"urn:stage-grader:report:{version}",
        "title": f"Report of a grading run, version {version}",
    }
    return {**head, **whole, "$defs": parts}


def brief_schema() -> Json:
    """The schema of the brief report, which is open, too."""
    _, found = schema_of(Brief)
    whole = _plain(found[Brief.__name__], found)
    return {"$schema": DIALECT, "title": "What a grading run came to", **whole}


def doctor_schema() -> Json:
    """The schema of what `grade doctor --json` prints."""
    whole, parts = _parts(DoctorDocument)
    return {"$schema": DIALECT, "title": "What grade doctor found", **whole, "$defs": parts}


def bench_schema() -> Json:
    """The schema of what `grade bench --report json` writes, which is open, too."""
    whole, parts = _parts(BenchDocument)
    return {"$schema": DIALECT, "title": "What grade bench measured", **whole, "$defs": parts}


def result_schema() -> Json:
    """The schema of a line of what `grade book --export jsonl` writes, which is open, too."""
    whole, parts = _parts(ResultDocument)
    return {"$schema": DIALECT, "title": "A result of a class", **whole, "$defs": parts}


def _parts(kind: type[object]) -> tuple[Json, Json]:
    """The schema of the type, and those of the objects in it, by their names."""
    _, found = schema_of(kind)
    parts = {name: _plain(part, found) for name, part in found.items() if name.endswith(_OBJECT)}
    whole = parts.pop(kind.__name__)
    return whole, {_named(name): part for name, part in parts.items()}


def _named(name: str) -> str:
    return name.removesuffix(_OBJECT).lower()


def _plain(part: Any, found: Json) -> Any:  # noqa: ANN401  (any part of a schema)
    """A part as people write it: no titles but the report's, and no names for lists of words."""
    if isinstance(part, str):
        return " ".join(part.split())  # of docstrings
    if isinstance(part, list):
        return [_plain(one, found) for one in part]
    if not isinstance(part, dict):
        return part
    plain = {key: _plain(value, found) for key, value in part.items() if not _is_title(key, value)}
    if isinstance(plain.get("$ref"), str):
        name = plain.pop("$ref").rpartition("/")[2]
        if name.endswith(_OBJECT):
            plain["$ref"] = f"#/$defs/{_named(name)}"
        elif name in _WORDS:
            plain |= {"type": "string", "enum": _WORDS[name]}
        else:  # an object that only one field has
            plain = {**_plain(found[name], found), **plain}
    return _ordered(_written(_constant(_nullable(plain))))


def _ordered(plain: Json) -> Json:
    if "description" not in plain and "type" not in plain:  # names of fields
        return plain
    return {key: plain[key] for key in sorted(plain, key=_ORDER.index)}


def _written(plain: Json) -> Json:
    """What is written has every field: a default is for what was written before there was one."""
    kept = {key: value for key, value in plain.items() if key != "default"}
    return {**kept, "required": [*kept["properties"]]} if "properties" in kept else kept


def _is_title(key: str, value: object) -> bool:
    return key == "title" and isinstance(value, str)


def _constant(plain: Json) -> Json:
    match plain.get("enum"):
        case [only]:
            kind = "string" if isinstance(only, str) else "integer"
            del plain["enum"]
            return {**plain, "type": kind, "const": only}
        case [str(), *_]:
            return {**plain, "type": "string"}
    return plain


def _nullable(plain: Json) -> Json:
    """`anyOf` a simple type and null, in one."""
    match plain.get("anyOf"):
        case [{"type": str(kind)} as simple, {"type": "null"}] if "enum" not in simple:
            del plain["anyOf"]
            return {**simple, **plain, "type": [kind, "null"]}
    return plain


def page(title: str, schema: Json, text: str) -> str:
    """A page with the tables of its fields as the schema has them. title: of the first table."""
    for name, part in {title: schema, **schema.get("$defs", {})}.items():
        found = re.search(
            rf"^## {name}\n(?:(?!## ).*\n)*?\|---.*\n((?:\| .*\n)+)", text, re.MULTILINE
        )
        assert found, f"the page has no table of {name}"
        text = text[: found.start(1)] + "".join(_rows(part)) + text[found.end(1) :]
    return text


def _rows(part: Json) -> Iterator[str]:
    for field, spec in part["properties"].items():
        yield f"| `{field}` | {shape(spec)} | {spec['description']} |\n"


def shape(spec: Json) -> str:
    """The type of a field as the page writes it."""
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "anyOf" in spec:
        return " or ".join(shape(choice) for choice in spec["anyOf"])
    if "enum" in spec:
        return ", ".join(f"`{value}`" for value in spec["enum"])
    if spec["type"] == "array":
        return f"list of {shape(spec['items'])}"
    return spec["type"] if isinstance(spec["type"], str) else " or ".join(spec["type"])


def main() -> None:
    """Write them."""
    made = (
        ("report", "report", "Report", report_schema()),
        ("brief", "report", "The brief report", brief_schema()),
        ("doctor", "doctor", "Findings of a machine", doctor_schema()),
        ("bench", "bench", "Figures of a bench", bench_schema()),
        ("result", "gradebooks", "Result", result_schema()),
    )
    for name, where, title, schema in made:
        path = DOCS / f"{where}.md"
        text = json.dumps(schema, indent=2) + "\n"
        (DOCS / f"{name}.schema.json").write_text(text, encoding="utf-8")
        path.write_text(page(title, schema, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
