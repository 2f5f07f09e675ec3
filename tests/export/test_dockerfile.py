"""The Dockerfile, as far as that goes without Docker: what its lines do is done by hand, in a root
directory that is entered as a container is.

What is replaced, besides what `container` says: the base image is this machine's system, `apt-get`
and `useradd` write down what they are asked for, and the interpreter lends its packages.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from tests import forked
from tests.architecture.checkout import ROOT
from tests.ci.lending import OFFLINE, lending_python
from tests.export.container import PATH, Container

if TYPE_CHECKING:
    from pathlib import Path

USER: Final = 1000
_LINE = re.compile(r"^([A-Z]+) (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Image:
    """lines: the instructions and what follows them. container: where they have been done."""

    lines: tuple[tuple[str, str], ...]
    container: Container

    def said(self, instruction: str) -> list[str]:
        return [rest for name, rest in self.lines if name == instruction]

    def run(self, *arguments: str, namespaces: bool = False) -> tuple[int, str]:
        """`docker run`, with these arguments instead of CMD."""
        words = json.loads(self.said("ENTRYPOINT")[0])
        words += arguments or json.loads(self.said("CMD")[0])
        (directory,) = self.said("WORKDIR")
        ran = self.container.run(
            "sh", "-c", f'cd {directory} && HOME=/tmp exec "$@"', "sh", *words,
            user=USER, namespaces=namespaces,
        )  # fmt: skip
        return ran.returncode, ran.stdout


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """As `docker build` makes it."""
    place = tmp_path_factory.mktemp("image")
    exported = forked.run(
        ["export", "dockerfile", "--out", "context", "--stage=1-2", "--require-sandbox"],
        cwd=place, env={"PATH": PATH}, timeout=60,
    )  # fmt: skip
    assert exported.code == 0, exported.err
    it = Container(place / "root")
    it.require(USER)
    text = (place / "context" / "Dockerfile").read_text()
    lines = tuple(_LINE.findall(text))
    (stubs := it.inside("/opt/stubs")).mkdir(parents=True)
    lending_python(stubs / "python")
    for name in ("apt-get", "useradd"):
        (stubs / name).write_text(f'#!/bin/sh\necho {name} "$@" >>/opt/stubs/asked\n')
        (stubs / name).chmod(0o755)
    for instruction, rest in lines:
        if instruction == "COPY":
            _copy(place / "context", *rest.split(), it)
        elif instruction == "RUN":
            path = f"/opt/stubs:{PATH}"
            ran = it.run("sh", "-ec", rest, path=path, environment=OFFLINE)
            assert ran.returncode == 0, ran.stdout
        elif instruction == "WORKDIR":
            it.inside(rest).mkdir()
    submission = it.inside("/submission")
    submission.mkdir()
    shutil.copy(ROOT / "examples" / "finished" / "server.py", submission)
    return Image(lines, it)


def _copy(context: Path, pattern: str, where: str, it: Container) -> None:
    it.inside(where).mkdir(parents=True, exist_ok=True)
    (found,) = context.glob(pattern)
    shutil.copy(found, it.inside(where))


def test_each_line_is_an_instruction(image: Image) -> None:
    text = (image.container.root.parent / "context" / "Dockerfile").read_text()
    others = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert others == [f"{name} {rest}" for name, rest in image.lines]
    names = [name for name, _ in image.lines]
    assert names == ["FROM", "RUN", "COPY", "RUN", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]
    asked = image.container.inside("/opt/stubs/asked").read_text().splitlines()
    assert asked == [
        "apt-get update -q",
        "apt-get install -yq --no-install-recommends bubblewrap",
        f"useradd --create-home --uid {USER} grader",
    ]
    assert image.said("USER") == ["grader"]


def test_it_grades_as_an_ordinary_user_with_landlock(image: Image) -> None:
    code, said = image.run()
    assert code == 0, said
    assert "PASSED: 2 of 2 stages" in said
    assert "isolation: landlock" in said


def test_the_documented_option_gives_a_better_level(image: Image) -> None:
    code, said = image.run("--stage=1", "--require-sandbox", "/submission", namespaces=True)
    assert code == 0, said
    assert "isolation: network" in said
