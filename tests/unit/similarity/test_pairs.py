"""Copies are found, also disguised ones; independent programs are not."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from grader.commands.similar import THRESHOLD
from grader.course import course_root
from grader.similarity.pairs import LEAST_TOKENS, compared, similar_pairs
from grader.similarity.programs import Program, Text, given_code, program_of
from grader.similarity.starters import starter_code
from grader.similarity.tokens import tokens_of
from grader.start.languages import TEMPLATES
from tests.unit.similarity.disguises import renamed, reordered

ROOT = Path(__file__).parents[3]
SHARE = THRESHOLD / 100
INDEPENDENT = {
    path: (ROOT / path).read_text(encoding="utf-8")
    for path in (
        "tests/submissions/socket_server.py",
        "tests/submissions/select_server.py",
        "tests/submissions/static_server.py",
        "tests/submissions/document_server.py",
        "tests/right_servers/frameworks/wsgi_app.py",
        "examples/routing.py",
    )
}
STARTER = INDEPENDENT["tests/submissions/socket_server.py"]


_tokens = cache(lambda text: tokens_of(text, "python", 50_000))


def _program(text: str, given: frozenset[int] = frozenset(), name: str = "it") -> Program:
    return program_of(name, [Text("server.py", text, _tokens(text))], given)


@pytest.mark.parametrize(
    "path", ["tests/submissions/select_server.py", "tests/submissions/static_server.py"]
)
def test_a_copy_is_found_with_other_names_and_in_another_order(path: str) -> None:
    text = INDEPENDENT[path]
    copied = compared(_program(text), _program(renamed(text)))
    assert min(copied.shares) > 0.95
    disguised = compared(_program(text), _program(renamed(reordered(text))))
    assert min(disguised.shares) > 0.7


def test_independent_programs_are_no_pair() -> None:
    given = starter_code(course_root(), [])
    programs = [_program(text, given, path) for path, text in INDEPENDENT.items()]
    assert similar_pairs(programs, SHARE) == []
    closest = max(compared(*both).share for both in combinations(programs, 2))
    assert closest < 0.35


def test_a_copy_that_is_a_part_of_more_is_found() -> None:
    short = INDEPENDENT["tests/submissions/select_server.py"]
    more = "\n".join([*INDEPENDENT.values()])
    (pair,) = similar_pairs([_program(short), _program(more)], SHARE)
    assert pair.shares[0] == 1.0
    assert pair.shares[1] < 0.3


def test_two_that_begin_with_the_same_starter_are_a_pair_only_while_it_counts() -> None:
    one = STARTER + INDEPENDENT["tests/submissions/select_server.py"]
    two = STARTER + INDEPENDENT["tests/submissions/document_server.py"]
    assert similar_pairs([_program(one), _program(two)], SHARE)
    given = given_code([_tokens(renamed(STARTER))])
    assert not similar_pairs([_program(one, given), _program(two, given)], SHARE)
    copied = [_program(one, given), _program(renamed(one), given)]
    assert len(similar_pairs(copied, SHARE)) == 1


def test_the_programs_of_grade_init_do_not_count() -> None:
    given = starter_code(course_root(), [])
    for path in TEMPLATES.glob("python/*.py"):
        assert _program(path.read_text(encoding="utf-8"), given).size < LEAST_TOKENS / 2


def test_the_first_lines_of_every_course_do_not_count_whatever_their_names() -> None:
    text = """package main
    import ("net"; "os"; "fmt")
    func main() {
        fmt.Println("hello, this is the beginning of a course")
        l, e := net.Listen("tcp", "0.0.0.0:8080")  // to be continued
        if e != nil { fmt.Println("no port"); os.Exit(1) }
        own(l)
    }"""
    tokens = tokens_of(text, "go", 500)
    given = starter_code(course_root(), [])
    whole, rest = (
        program_of("it", [Text("a.go", text, tokens)], it) for it in (frozenset(), given)
    )
    assert rest.size < whole.size / 2


def test_programs_that_are_too_short_are_in_no_pair() -> None:
    short = _program("print(1)\n" * 10)
    assert similar_pairs([short, short], SHARE) == []


def test_each_match_is_equal_token_by_token_and_none_of_the_first_counts_twice() -> None:
    text = INDEPENDENT["tests/submissions/static_server.py"]
    pair = compared(_program(text), _program(reordered(text)))
    one, other = (program.files[0].tokens.kinds for program in pair.programs)
    reached = 0
    for here, there in pair.matches:
        assert one[here.begin : here.end] == other[there.begin : there.end]
        assert here.begin >= reached
        reached = here.end


def test_a_program_that_repeats_itself_is_compared_all_the_same() -> None:
    again = "while True:\n    call(1, 2)[3].it = {4: 5}\n" * 500
    pair = compared(_program(again), _program(again + "x = 1\n"))
    assert min(pair.shares) > 0.99
