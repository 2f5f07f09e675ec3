"""A runner of GitHub Actions, as far as our action and workflow need one.

As in docs.github.com, "Workflow syntax" and "Metadata syntax": the steps of a job run in order
until one fails, and those with `if: always()` still do; `shell: bash` is
`bash --noprofile --norc -eo pipefail FILE`, in the workspace unless the step says otherwise; a
step's standard output and standard error are one log; expressions are replaced before it runs.

What is not ours is replaced. `actions/checkout` copies the learner's repository into the workspace,
`actions/setup-python` answers with the interpreter of the tests, `actions/upload-artifact` copies
what would be uploaded, and every other action is the checkout of the grader.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_COMMAND = re.compile(r"\s*::([\w-]+)(?:\s+(.*?))?::(.*)")


@dataclass
class Runner:
    """place: where its directories are made. action: where the grader's checkout lies. python: what
    setup-python answers. environment: what pip and the like are told besides. repository: the
    learner's, by the names of its files. log: of all steps so far."""

    place: Path
    action: Path
    python: Path
    environment: dict[str, str] = field(default_factory=dict)
    repository: dict[str, str] = field(default_factory=dict)
    log: str = ""
    uploaded: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temp.mkdir(parents=True)
        self.begin({})

    def begin(self, repository: dict[str, str]) -> None:
        """Another job, of this repository; what was installed is still there."""
        self.repository, self.log, self.uploaded = repository, "", {}
        shutil.rmtree(self.workspace, ignore_errors=True)
        self.workspace.mkdir(parents=True)
        for name in ("summary", "output", "env", "path"):
            (self.temp / name).write_text("")

    def checkout(self) -> None:
        """Put the repository into the workspace."""
        for name, text in self.repository.items():
            path = self.workspace / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    @property
    def changed(self) -> dict[str, str]:
        """The files of the workspace that are not as in the repository."""
        paths = [path for path in self.workspace.rglob("*") if path.is_file()]
        found = {str(path.relative_to(self.workspace)): path.read_text() for path in paths}
        return {name: text for name, text in found.items() if self.repository.get(name) != text}

    @property
    def workspace(self) -> Path:
        return self.place / "work" / "mine" / "mine"

    @property
    def temp(self) -> Path:
        return self.place / "work" / "_temp"

    @property
    def summary(self) -> str:
        return (self.temp / "summary").read_text()

    @property
    def annotations(self) -> list[tuple[str, str, str]]:
        """The kind, the properties and the text of each command that the runner obeys in the log:
        actions/runner, ActionCommandManager.cs."""
        found, stopped_by = [], ""
        for line in self.log.splitlines():
            command = _COMMAND.fullmatch(line)
            if command is None:
                continue
            if stopped_by:
                stopped_by = "" if command[1] == stopped_by else stopped_by
            elif command[1] == "stop-commands":
                stopped_by = command[3]
            else:
                found.append((command[1], command[2] or "", command[3]))
        return found

    def run_workflow(self, text: str) -> int:
        """The steps of its only job; the exit code of the first that fails."""
        (job,) = yaml.safe_load(text)["jobs"].values()
        return self._run(job["steps"], {}, {})

    def run_action(self, given: dict[str, str], *only: str) -> int:
        """Our action, with these inputs. only: the names of the steps that are run, or all."""
        action = yaml.safe_load((self.action / "action.yml").read_text())
        assert action["runs"]["using"] == "composite"
        assert set(given) <= set(action["inputs"])
        inputs = {name: one["default"] for name, one in action["inputs"].items()} | given
        steps = [step for step in action["runs"]["steps"] if not only or step.get("name") in only]
        return self._run(steps, inputs, {"steps.python.outputs.python-path": str(self.python)})

    def _run(
        self, steps: list[dict[str, Any]], inputs: dict[str, str], outputs: dict[str, str]
    ) -> int:
        code = 0
        for step in steps:
            if code and step.get("if") != "always()":
                continue
            known = outputs | {f"inputs.{name}": value for name, value in inputs.items()}
            known["runner.temp"] = str(self.temp)
            step = _replaced(step, known)
            ended, said = self._uses(step) if "uses" in step else (self._shell(step), {})
            outputs |= {f"steps.{step.get('id')}.outputs.{name}": it for name, it in said.items()}
            code = code or ended
        return code

    def _uses(self, step: dict[str, Any]) -> tuple[int, dict[str, str]]:
        name, given = step["uses"].partition("@")[0], step.get("with", {})
        if name == "actions/checkout":
            assert given == {"persist-credentials": False}
            self.checkout()
        elif name == "actions/setup-python":
            assert given["update-environment"] is False
            return 0, {"python-path": str(self.python)}
        elif name == "actions/upload-artifact":
            self.uploaded[given["name"]] = Path(given["path"])
        else:
            return self.run_action({key: str(value) for key, value in given.items()}), {}
        return 0, {}

    def _shell(self, step: dict[str, Any]) -> int:
        assert step["shell"] == "bash"
        script = self.temp / "step.sh"
        script.write_text(step["run"])
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=step.get("working-directory", self.workspace), check=False, text=True,
            env=self._environment() | {name: str(it) for name, it in step.get("env", {}).items()},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
        )  # fmt: skip
        self.log += ran.stdout
        return ran.returncode

    def _environment(self) -> dict[str, str]:
        files = {f"GITHUB_{name.upper()}": str(self.temp / name) for name in ("output", "env")}
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_PATH": str(self.temp / "path"),
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_ENVIRONMENT": "self-hosted",  # a test does not change the machine's settings
            **files,
            **self.environment,
        }


def _replaced(value: Any, known: dict[str, str]) -> Any:  # noqa: ANN401  (as YAML has it)
    """With each expression replaced by what it stands for; an unknown one is a KeyError."""
    if isinstance(value, str):
        return _EXPRESSION.sub(lambda found: known[found[1]], value)
    if isinstance(value, dict):
        return {key: _replaced(one, known) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, known) for one in value]
    return value
