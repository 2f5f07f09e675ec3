"""How outcomes become a score: the lists of known survivors, the summary, the memory, and one real
grading each way."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.mutation.grading import CAUGHT, ERRORED, SURVIVED, Outcome
from tests.mutation.known import EQUIVALENT, LISTED, UNCAUGHT, entry_for, problems, read
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.running import PLACE, How, Memory, Unreliable, graded, outcomes
from tests.mutation.scope import all_mutants
from tests.mutation.subject import ROOT
from tests.mutation.summary import as_json, lines, never_first, summarise, wilson

if TYPE_CHECKING:
    from pathlib import Path

HOW = How(jobs=1, seed=1, timeout_scale=0.3, whole=False)
SOURCE = "def f():\n    return a(1 < 2)\n"
EVERY = list(mutants("a.py", SOURCE))
LESS, MORE = EVERY[0], EVERY[1]
LISTS = f"""
equivalent:
  - where: a.py f
    why: Nobody sees it.
    mutants: ["{LESS.diff}"]
uncaught:
  - where: a.py f
    check: Somebody should look.
    mutants: ["{MORE.diff}"]
"""


def test_a_mutant_is_known_by_its_diff_wherever_it_stands() -> None:
    moved = next(mutants("a.py", f"import b\n\n\n{SOURCE}"))
    known = entry_for(read(LISTS), moved)

    assert moved.id != LESS.id
    assert known is not None
    assert (known.kind, known.reason) == (EQUIVALENT, "Nobody sees it.")
    assert entry_for(read(LISTS), next(mutants("b.py", SOURCE))) is None
    assert entry_for(read(LISTS), next(mutants("a.py", SOURCE.replace("def f", "def g")))) is None


def test_a_star_stands_for_any_text_and_nothing_else_is_special() -> None:
    entries = read(
        """equivalent: [{where: "*.py *", why: It is one., mutants: ["*[1]* -> *[2]*"]}]"""
    )
    one, *_, other = mutants("a.py", "def f():\n    return a[1] + b[7]\n")

    assert entry_for(entries, one) is not None
    assert entry_for(entries, other) is None


def test_the_kind_of_quotes_makes_no_difference() -> None:
    entries = read(
        """equivalent: [{where: a.py x, why: It is one., mutants: ['x = "b" -> x = ""']}]"""
    )

    assert entry_for(entries, next(mutants("a.py", "x = 'b'"))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "- 1",
        "others: []",
        "equivalent: [{where: a.py f, check: but no why., mutants: [a]}]",
        "equivalent: [{where: a.py f, why: but no mutants.}]",
        "uncaught: [{where: a.py f, check: a, mutants: one}]",
        "uncaught: [{where: a.py f, check: a, mutants: [1]}]",
    ],
)
def test_a_wrong_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|mutants are"):
        read(text)


def test_entries_that_no_longer_match_a_survivor_are_problems() -> None:
    entries = read(LISTS)
    fine = {LESS: Outcome(SURVIVED), MORE: Outcome(SURVIVED)}

    assert list(problems(entries, EVERY, fine)) == []
    assert list(problems(entries, EVERY, {})) == []  # a sample knows nothing of the others
    (stale,) = problems(entries, EVERY, {LESS: Outcome(CAUGHT, ("ok/a",))})
    assert "stale, ok/a catches it" in stale
    gone = list(problems(entries, EVERY[2:], {}))
    assert len(gone) == 2
    assert all("there is no such mutant" in problem for problem in gone)
    both = read(LISTS.replace(MORE.diff, LESS.diff))
    assert [problem for problem in problems(both, EVERY, fine) if problem.startswith("both")]


def test_the_score_leaves_out_equivalents_and_nothing_else() -> None:
    found = dict.fromkeys(EVERY, Outcome(CAUGHT, ("ok/a",)))
    found |= {LESS: Outcome(SURVIVED), MORE: Outcome(SURVIVED), EVERY[2]: Outcome(SURVIVED)}
    found[EVERY[3]] = Outcome(ERRORED, why="oops")
    summary = summarise(found, read(LISTS))

    assert (summary.equivalent, summary.uncaught, summary.unlisted) == ([LESS], [MORE], [EVERY[2]])
    assert summary.score == (len(EVERY) - 4) / (len(EVERY) - 1)
    assert f"  {EVERY[2].id} f\n    {EVERY[2].diff}" in list(lines(summary))
    assert list(never_first(summary, ["ok/a", "ok/b"])) == [
        "1 of 2 checks are never the first to catch a mutant:",
        "  ok/b",
    ]
    document = json.loads(
        as_json(summary, {"date": "2000-01-01", "command": "python -m tests.mutation"})
    )
    assert document["counts"] == {
        "mutants": len(EVERY), "caught": len(EVERY) - 4, "equivalent": 1, "uncaught": 1,
        "unlisted": 1, "errored": 1,
    }  # fmt: skip
    assert document["caught"][EVERY[4].id] == "ok/a"


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [
        (0, 0, (0.0, 1.0)),
        (0, 10, (0.0, 0.2775)),
        (10, 10, (0.7225, 1.0)),
        (38, 40, (0.8350, 0.9862)),
    ],
)
def test_a_share_has_an_interval(
    successes: int, trials: int, interval: tuple[float, float]
) -> None:
    assert wilson(successes, trials) == pytest.approx(interval, abs=1e-4)


def test_what_is_remembered_holds_for_the_same_mutant_and_way_of_grading(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    memory = Memory(path, HOW)
    memory.put({LESS: Outcome(CAUGHT, ("ok/a", "ok/b"), "why"), MORE: Outcome(ERRORED, why="oops")})
    path.write_text(path.read_text() + '{"key": "cut o')

    again = Memory(path, HOW)
    assert again.get(LESS) == Outcome(CAUGHT, ("ok/a", "ok/b"), "why")
    assert again.get(MORE) is None  # an error may not happen again
    assert again.get(next(mutants("a.py", SOURCE.replace("2", "3")))) is None
    assert Memory(path, How(2, 1, 0.3, whole=False)).get(LESS) is not None
    for other in (
        How(1, 2, 0.3, whole=False),
        How(1, 1, 0.5, whole=False),
        How(1, 1, 0.3, whole=True),
    ):
        assert Memory(path, other).get(LESS) is None


def _mutant_of(file: str, was: str, now: str) -> Mutant:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert text.count(was) == 1
    return Mutant(file, 1, 0, "by hand", 1, "", was, now, text.replace(was, now))


@pytest.mark.e2e
def test_wrong_servers_are_caught_and_a_right_one_is_not(tmp_path: Path) -> None:
    """By the stages up to the one that sees a 404: each of four gradings by all takes seconds."""
    how = replace(HOW, stages=3)
    wrong = _mutant_of(
        "reference/http1/messages.py", "str(len(self.body))", "str(len(self.body) + 1)"
    )
    dead = _mutant_of("reference/server.py", "import os\n", "import no_such_module\n")
    right = _mutant_of("reference/http1/messages.py", '"Not Found"', '"Nowhere"')
    found = dict(outcomes([wrong, dead, right], how, Memory(tmp_path / "outcomes.jsonl", how)))

    assert {mutant: (outcome.verdict, outcome.checks[:1]) for mutant, outcome in found.items()} == {
        wrong: (CAUGHT, ("ok/answers_200",)),
        dead: (CAUGHT, ("bind-port/listens",)),
        right: (SURVIVED, ()),
    }


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("file", "was", "now", "check"),
    [
        ("reference/static/resolve.py", '"index.html"', '"index.htm"', "index/serves_the_index"),
        ("reference/services/ping_pong.py", 'b"pong\\n"', 'b"pang\\n"', "tcp-ping-pong/"),
    ],
)
def test_a_mutant_is_graded_on_the_tracks_that_see_it(
    file: str, was: str, now: str, check: str
) -> None:
    PLACE.mkdir(exist_ok=True)
    outcome = graded(_mutant_of(file, was, now), HOW, PLACE)

    assert outcome.verdict == CAUGHT, outcome
    assert outcome.checks[0].startswith(check)


@pytest.mark.e2e
def test_nothing_is_said_when_the_reference_does_not_pass(tmp_path: Path) -> None:
    hasty = How(jobs=1, seed=1, timeout_scale=0.0001, whole=False)

    with pytest.raises(Unreliable, match="unmutated"):
        list(outcomes([LESS], hasty, Memory(tmp_path / "outcomes.jsonl", hasty)))


@pytest.mark.e2e
def test_the_lists_name_mutants_that_there_are() -> None:
    entries = read(LISTED.read_text(encoding="utf-8"))

    assert {entry.kind for entry in entries} <= {EQUIVALENT, UNCAUGHT}
    assert list(problems(entries, all_mutants(ROOT), {})) == []
