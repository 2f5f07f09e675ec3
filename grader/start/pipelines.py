"""Workflows that grade on every push. Where the grader comes from is for the user to say.

The templates are valid workflows themselves, and what the README and docs/ci.md show.
"""

from __future__ import annotations

import json
import re
from typing import Final

from grader.errors import UsageError
from grader.start.languages import TEMPLATES
from grader.value import Value

NOWHERE: Final = "YOUR-ORGANISATION/stage-grader@main"
"""What the workflow for GitHub uses until somebody says where the grader is."""

_BRANCH: Final = "main"
_SOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~:/?#@!+,;=%&-]{0,499}")
_REPOSITORY: Final = re.compile(
    r"(?:(?:git\+)?https://github\.com/)?"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?"
    r"(?:@(?P<ref>[A-Za-z0-9][A-Za-z0-9._/-]{0,99}))?"
)


class Pipeline(Value, frozen=True):
    """path: where the workflow goes. unset: what is to be done there when no source is given."""

    path: str
    template: str
    unset: str


PIPELINES: Final = {
    "github": Pipeline(
        ".github/workflows/grade.yml",
        "github.yml",
        f"put the repository of the grader in place of {NOWHERE.partition('@')[0]}",
    ),
    "gitlab": Pipeline(
        ".gitlab-ci.yml",
        "gitlab.yml",
        "set STAGE_GRADER there, or as a variable of the project, to what pip installs",
    ),
}


def workflow(service: str, source: str | None = None, up_to: str = "1") -> str:
    """The text of the workflow. source: for GitHub the repository of the grader, for GitLab what
    pip installs it from; None: as the template has it. up_to: the stage up to which it grades, at
    first.

    Raises UsageError for a source that could mean something else there.
    """
    text = (TEMPLATES / PIPELINES[service].template).read_text(encoding="utf-8")
    if service == "github":
        used = NOWHERE if source is None else _used(source)
        return text.replace(NOWHERE, used).replace('up-to: "1"', f'up-to: "{up_to}"')
    if source is not None and not _SOURCE.fullmatch(source):
        raise UsageError(
            "--from takes what pip can install, such as git+https://HOST/PATH, without spaces,"
            " quotes or $"
        )
    set_here = "" if source is None else f"  STAGE_GRADER: {json.dumps(source)}\n"
    return text.replace('  UP_TO: "1"\n', f'{set_here}  UP_TO: "{up_to}"\n')


def _used(source: str) -> str:
    """`OWNER/REPOSITORY@REF` of a repository on GitHub. Raises UsageError."""
    found = _REPOSITORY.fullmatch(source)
    if found is None:
        raise UsageError(
            "--from takes the repository of the grader on GitHub, as OWNER/REPOSITORY or"
            " OWNER/REPOSITORY@REF"
        )
    return f"{found['name']}@{found['ref'] or _BRANCH}"
