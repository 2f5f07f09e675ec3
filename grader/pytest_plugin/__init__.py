"""`pytest --submission ./my_server.py`: the stages and checks of the course as tests.

pytest loads this module wherever the grader is installed, for every test run of every project: it
imports nothing else of ours until `--submission` is given.
"""

from __future__ import annotations

from typing import Final

import pytest

_OPTIONS: Final = ("track", "stage", "seed", "strict")
_OLDEST: Final = (8, 2)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, all with one beginning."""
    group = parser.getgroup("stage-grader", "grading a server that a learner wrote")
    group.addoption(
        "--submission", metavar="PATH",
        help="grade this program: each check of the course is a test (a file or a directory)",
    )  # fmt: skip
    group.addoption(
        "--submission-stage", metavar="SEL", action="append",
        help="only these stages: 5, echo, 1-5 or 3,5; repeatable (default: the first track)",
    )  # fmt: skip
    group.addoption(
        "--submission-track", metavar="NAME", action="append",
        help="this track instead of the first; repeatable (all: every track)",
    )  # fmt: skip
    group.addoption(
        "--submission-strict", action="store_true", default=None,
        help="treat advice as required: it fails instead of being an expected failure",
    )  # fmt: skip
    group.addoption(
        "--submission-seed", metavar="N", type=int,
        help="repeat a run: the same seed sends the same bytes",
    )  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """A word that names a test of the submission is no reason to load a `conftest.py` next to it:
    that may be anybody's."""
    known = early_config.known_args_namespace
    if known.submission:
        from grader.pytest_plugin.words import told_apart

        directory = early_config.invocation_params.dir
        known.file_or_dir[:] = told_apart(known.file_or_dir, known.submission, directory).others


def pytest_configure(config: pytest.Config) -> None:
    """With `--submission`, the rest of the plugin is loaded."""
    if config.getoption("--submission") is None:
        given = [name for name in _OPTIONS if config.getoption(f"--submission-{name}") is not None]
        if given:
            raise pytest.UsageError(f"--submission-{given[0]} needs --submission PATH")
        return
    if pytest.version_tuple[:2] < _OLDEST:
        raise pytest.UsageError("--submission needs pytest 8.2 or newer")
    from grader.pytest_plugin.session import plugin_of

    config.pluginmanager.register(plugin_of(config), "stage-grader-submission")
