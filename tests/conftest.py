"""What holds for all tests: which of them run, how hypothesis searches, and the option that
rewrites what is compared with.

`pytest` runs the quick set: what launches no grader, and a sample of what does, which is for each
stage the first of its broken servers by name, and for each track the first of its right ones, which
is graded by all of its stages. `pytest --part=rest` runs each of the other tests, one with several
cases with one in six of them. `--part=variants` runs the other cases, all broken servers that
exactly the checks catch which catch another one, those of the tracks beside the first but for the
first of each stage, right servers with another seed, and once more, with more examples, the
properties. `--part=whole` is all of it. Whoever names tests, by a path or a mark, gets these,
whatever part they belong to.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import is_hypothesis_test, settings

from grader.isolation.removal import remove
from tests.golden import Gradings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
END_TO_END = frozenset(
    {
        "bad_input", "browser", "ci", "cluster", "course", "courses", "export", "fuzz", "hostile",
        "launching", "learning", "right_servers", "silence", "wheel",
    }
)  # fmt: skip
"""The folders of tests that start the grader as its users do."""

PARTS = ("quick", "rest", "variants", "whole")
ONE_IN = 6
"""So many cases of a test that starts the grader are there for each one that the rest runs."""

# A loaded machine must not fail a property, so there is no deadline; in CI a run is repeatable.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
for name in ("here", "ci"):
    settings.register_profile(f"{name}-quick", settings.get_profile(name), max_examples=20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help=(
            "rewrite the terminal blocks of tests/submissions and tests/silence instead of"
            " comparing with them"
        ),
    )
    parser.addoption(
        "--part",
        choices=PARTS,
        help="which tests to run, unless a path or -m names them (default: quick)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("GITHUB_ACTIONS", None)  # what it changes has tests of its own
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS or _marks_are_given(config)
    if told := getattr(config, "workerinput", None):
        config.option.part = told["part"]
    elif config.option.part is None:
        config.option.part = "whole" if named else "quick"
    profile = "ci" if os.environ.get("CI") else "here"
    settings.load_profile(f"{profile}-quick" if config.option.part == "quick" else profile)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401  (xdist's)
    """A worker reads the command line alone: it does not know what was made of that."""
    node.workerinput["part"] = node.config.option.part


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file of which nothing belongs to the part is not even loaded: its text has no mark."""
    if config.option.part == "whole" or not collection_path.name.startswith("test_"):
        return None
    end_to_end = collection_path.relative_to(HERE).parts[0] in END_TO_END
    marks = {
        "quick": ("mark.sample",) if end_to_end else ("",),
        "rest": ("",) if end_to_end else ("mark.e2e",),
        "variants": ("",) if end_to_end else ("mark.e2e", "mark.variant", "hypothesis"),
    }
    text = collection_path.read_text(encoding="utf-8")
    return not any(mark in text for mark in marks[config.option.part]) or None


def _marks_are_given(config: pytest.Config) -> bool:
    return any(word.startswith("-m") for word in config.invocation_params.args)


@pytest.hookimpl(tryfirst=True)  # marks are looked at after it
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(HERE).parts[0] in END_TO_END:
            item.add_marker(pytest.mark.e2e)
    _leave_cases_to_the_variants(items)
    left_out = [item for item in items if not _belongs(item, config.option.part)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _belongs(item, config.option.part)]


def _leave_cases_to_the_variants(items: Iterable[pytest.Item]) -> None:
    seen: Counter[str] = Counter()
    for item in items:
        if item.get_closest_marker("e2e") and not any(map(item.get_closest_marker, _PLACED)):
            test = item.nodeid.partition("[")[0]
            if seen[test] % ONE_IN:
                item.add_marker(pytest.mark.variant)
            seen[test] += 1


_PLACED = ("sample", "variant")


def _belongs(item: pytest.Item, part: str) -> bool:
    quick = bool(not item.get_closest_marker("e2e") or item.get_closest_marker("sample"))
    variant = bool(item.get_closest_marker("variant"))
    again = is_hypothesis_test(getattr(item, "obj", None))
    return {
        "quick": quick, "rest": not (quick or variant), "variants": variant or again,
        "whole": True,
    }[part]  # fmt: skip


@pytest.fixture(scope="session")
def gradings(tmp_path_factory: pytest.TempPathFactory) -> Gradings:
    """The gradings of this run, of which each is done once, whichever process asks first."""
    place = tmp_path_factory.getbasetemp()
    shared = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place
    return Gradings(shared / "gradings")


@pytest.fixture
def removed_by_us(tmp_path: Path) -> Iterator[None]:
    """For trees so deep that pytest cannot remove them: it goes down one call a level, and fails
    three runs later."""
    yield
    remove(tmp_path)
