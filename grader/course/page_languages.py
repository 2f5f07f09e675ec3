"""Which paragraphs of a page are about one programming language, by the name that they begin with.

`- Python: ...` is an item about Python, `C, Go: ...` a paragraph about C and Go. It needs no other
mark: whoever reads the page as a file sees what it is about, and `grade show` leaves out what is
about other languages than the learner's. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class PageLanguage(Value, frozen=True):
    """names: as pages write it. suffixes: of its source files. manifests: files that only its
    projects have."""

    names: tuple[str, ...]
    suffixes: tuple[str, ...]
    manifests: tuple[str, ...] = ()


LANGUAGES: Final = {
    "python": PageLanguage(("Python",), (".py",), ("pyproject.toml", "requirements.txt")),
    "node": PageLanguage(
        ("Node", "JavaScript", "TypeScript"), (".js", ".mjs", ".cjs", ".ts"), ("package.json",)
    ),
    "go": PageLanguage(("Go",), (".go",), ("go.mod",)),
    "c": PageLanguage(("C",), (".c",)),
    "c++": PageLanguage(("C++",), (".cc", ".cpp", ".cxx")),
    "rust": PageLanguage(("Rust",), (".rs",), ("Cargo.toml",)),
    "java": PageLanguage(("Java",), (".java",), ("pom.xml",)),
    "kotlin": PageLanguage(("Kotlin",), (".kt",)),
    "ruby": PageLanguage(("Ruby",), (".rb",), ("Gemfile",)),
    "php": PageLanguage(("PHP",), (".php",), ("composer.json",)),
    "perl": PageLanguage(("Perl",), (".pl",)),
    "c#": PageLanguage(("C#",), (".cs",)),
}
_BY_NAME: Final = {name: slug for slug, one in LANGUAGES.items() for name in one.names}
_BY_SUFFIX: Final = {suffix: slug for slug, one in LANGUAGES.items() for suffix in one.suffixes}
_BY_MANIFEST: Final = {name: slug for slug, one in LANGUAGES.items() for name in one.manifests}

_NAME: Final = r"[A-Z][A-Za-z+#]*"
_BEGINNING: Final = re.compile(
    rf"(?P<indent> *)(?P<bullet>(?:[-*+]|\d+[.)]) +)?(?:(?P<names>{_NAME}(?:, {_NAME})*):\s)?"
)
_FENCE: Final = ("```", "~~~")


class _Paragraph(Value, frozen=True):
    """A paragraph or an item of a list. start: its first line, from 0; end: the line after its
    last. group: the same for the items of one list. names: what stands before its first colon."""

    start: int
    end: int
    group: int
    names: tuple[str, ...]

    @property
    def languages(self) -> frozenset[str]:
        """What it is about; nothing where a name is no language's."""
        known = [_BY_NAME[name] for name in self.names if name in _BY_NAME]
        return frozenset(known if len(known) == len(self.names) else ())


def in_language(page: str, language: str | None) -> tuple[str, int]:
    """The page without what is about other languages, and how many paragraphs that were; the whole
    page for None."""
    if language is None:
        return page, 0
    lines = page.splitlines()
    others = [
        paragraph
        for paragraph in _paragraphs(lines)
        if paragraph.languages and language not in paragraph.languages
    ]
    gone = {number for one in others for number in range(one.start, one.end)}
    kept = [line for number, line in enumerate(lines) if number not in gone]
    return "".join(f"{line}\n" for line in kept), len(others)


def wrong_names(page: str) -> list[tuple[int, str]]:
    """What is wrong with the languages of a page: lines from 1, and clauses. A word before a colon
    is meant as a language where another one of its list, or beside it, is one."""
    paragraphs = [one for one in _paragraphs(page.splitlines()) if one.names]
    about = {one.group for one in paragraphs if any(name in _BY_NAME for name in one.names)}
    wrong = []
    seen: set[tuple[int, str]] = set()
    for one in paragraphs:
        for name in one.names if one.group in about else ():
            if name not in _BY_NAME:
                clause = f"there is no language {name!r}{did_you_mean(name, _BY_NAME)}"
                wrong.append((one.start + 1, clause))
            elif (one.group, _BY_NAME[name]) in seen:
                wrong.append((one.start + 1, f"the list has a second item about {name}"))
            seen.add((one.group, _BY_NAME.get(name, "")))
    return wrong


def language_of(names: Iterable[str]) -> str | None:
    """The language of a program, by the names of its files: that of a manifest, or else the one
    that most of them are in; None where that is not one."""
    paths = [PurePath(name) for name in names]
    for path in paths:
        if path.name in _BY_MANIFEST:
            return _BY_MANIFEST[path.name]
    found = Counter(_BY_SUFFIX[path.suffix] for path in paths if path.suffix in _BY_SUFFIX)
    (first, most), (_, second) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > second else None


def _paragraphs(lines: Sequence[str]) -> Iterator[_Paragraph]:
    """The paragraphs and the items of lists, but those of code. An item ends before the next line
    that is not indented more than it; a paragraph before an empty line."""
    lists: dict[int, int] = {}  # by indentation: where the list begins that is open there
    for number in _beginnings(lines):
        match = _BEGINNING.match(lines[number])
        assert match is not None
        indent, names = len(match["indent"]), tuple((match["names"] or "").split(", "))
        lists = {depth: one for depth, one in lists.items() if depth <= indent}
        if not match["bullet"]:
            lists = {depth: one for depth, one in lists.items() if depth < indent}
        group = lists.setdefault(indent, number) if match["bullet"] else number
        end = _end(lines, number, indent if match["bullet"] else None)
        yield _Paragraph(number, end, group, names if names != ("",) else ())


def _beginnings(lines: Sequence[str]) -> Iterator[int]:
    fenced, before = False, ""
    for number, line in enumerate(lines):
        if line.lstrip().startswith(_FENCE):
            fenced = not fenced
        elif not fenced and line.strip():
            match = _BEGINNING.match(line)
            if not before.strip() or (match and match["bullet"]):
                yield number
        before = line


def _end(lines: Sequence[str], start: int, indent: int | None) -> int:
    """indent: of an item; None for a paragraph."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if indent is None and not line.strip():
            break
        if indent is not None and line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if line.strip():
            end = number + 1
    return end
