"""The sentences that a learner reads: a problem is a whole one, and none has a word that takes a
dictionary."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture.checkout import assert_none, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBLEMS = {"Failure": (1,), "WrongBytes": (1,), "Rule": (2, 4)}
"""Which arguments of what is made are sentences, by their positions."""
WHOLE = re.compile(r"(?:[A-Z0-9]|\{|recv\b|curl\b).*(?:[.!?]|\})", re.DOTALL)
AVOIDED = re.compile(
    r"\b(?:told|tells of|beside|mend|for ever|of its own|comes to rest|gives? away|somebody"
    r"|nobody|oracle|rung|ladder)\b"
)
JUDGING = sources(
    "grader/comparing", "grader/diagnosis", "grader/fuzz", "grader/http1", "grader/net",
    "grader/program", "grader/reporters", "grader/reproduce", "grader/tcp", "grader/udp",
)  # fmt: skip


def test_a_problem_is_a_whole_sentence() -> None:
    found = list(_sentences())
    assert len(found) > 100
    assert_none(f"{place}: {text}" for place, text in found if not WHOLE.fullmatch(text))


def test_no_sentence_has_a_word_that_learners_look_up() -> None:
    assert_none(
        f"{source.name}:{node.lineno}: {word[0]!r} in {node.value[:60]!r}"
        for source in JUDGING
        for node in _texts(source.tree)
        if (word := AVOIDED.search(node.value))
    )


def _sentences() -> Iterator[tuple[str, str]]:
    for source in sources("grader", "stages", "examples"):
        for node in source.nodes:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            places = PROBLEMS.get(node.func.id, ())
            asked = [node.args[place] for place in places if place < len(node.args)]
            asked += [word.value for word in node.keywords if places and word.arg == "hint"]
            for text in filter(None, map(_literal, asked)):
                yield f"{source.name}:{node.lineno}", text


def _literal(node: ast.expr) -> str:
    """A text as it stands in the source, with {} for what is filled in; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts in a module that are not there to document it."""
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and " " in node.value and id(node) not in documents:
            yield node
