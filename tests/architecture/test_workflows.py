"""Workflows: what the pages show is what `grade init --ci` writes, and all use the same actions."""

from __future__ import annotations

import re

import pytest
import yaml

from grader.start.pipelines import PIPELINES, workflow
from tests.architecture.checkout import ROOT, ours

_BLOCK = re.compile(r"^```ya?ml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VERSION = re.compile(r"\buses: *(actions/[\w-]+)@(\S+)")


def shown(page: str) -> list[str]:
    """The workflows on a page."""
    blocks = _BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    return [block for block in blocks if "jobs:" in block or "script:" in block]


@pytest.mark.parametrize(
    ("page", "services"), [("README.md", ["github"]), ("docs/ci.md", ["github", "gitlab"])]
)
def test_pages_show_what_init_writes(page: str, services: list[str]) -> None:
    assert shown(page) == [workflow(service) for service in services]


def test_no_other_page_has_a_workflow_of_its_own() -> None:
    pages = [name for name in ours() if name.endswith(".md")]
    assert {name for name in pages if shown(name)} == {"README.md", "docs/ci.md"}
    assert set(PIPELINES) == {"github", "gitlab"}


def test_all_workflows_use_the_same_versions_of_actions() -> None:
    texts = [(ROOT / name).read_text() for name in ours(".github", "action.yml")]
    found = {pair for text in [*texts, workflow("github")] for pair in _VERSION.findall(text)}
    assert {name for name, _ in found} >= {"actions/checkout", "actions/setup-python"}
    assert len(found) == len({name for name, _ in found})


def test_the_page_describes_each_input_of_the_action() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs/ci.md").read_text(), re.MULTILINE)
    assert rows == [*action["inputs"]]
