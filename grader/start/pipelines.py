"""Workflows that grade on every push. Where the grader is installed from is for the user to say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from grader.errors import UsageError
from grader.start.languages import TEMPLATES

_SOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~:/?#@!+,;=%&-]{0,499}")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """path: where the workflow goes. how: where its variable is set when no source is given."""

    path: str
    template: str
    how: str


PIPELINES: Final = {
    "github": Pipeline(
        ".github/workflows/grade.yml",
        "github.yml",
        "Settings > Secrets and variables > Actions > Variables",
    ),
    "gitlab": Pipeline(".gitlab-ci.yml", "gitlab.yml", "Settings > CI/CD > Variables"),
}


def workflow(service: str, source: str | None, up_to: str = "1") -> str:
    """The text of the workflow. source: what pip installs the grader from, or None for a variable
    of the repository. up_to: the stage up to which it grades, at first.

    Raises UsageError for a source that could mean something else there.
    """
    if source is not None and not _SOURCE.fullmatch(source):
        raise UsageError(
            "--from takes what pip can install, such as git+https://HOST/PATH, without spaces,"
            " quotes or $"
        )
    pipeline = PIPELINES[service]
    text = (TEMPLATES / pipeline.template).read_text(encoding="utf-8")
    where = (
        f"Set it as a variable of the repository: {pipeline.how}."
        if source is None
        else "It is set below."
    )
    said = json.dumps(source)
    if service == "github":
        return text.format(
            where=where, source="${{ vars.STAGE_GRADER }}" if source is None else said, up_to=up_to
        )
    variables = [
        "variables:",
        *([f"  STAGE_GRADER: {said}"] if source is not None else []),
        f'  UP_TO: "{up_to}"',
        "",
    ]
    return text.format(where=where, variables="\n".join(variables))
