"""An interpreter whose environments are lent what ours has, so that pip needs no index.

`PYTHON -I -m venv DIR` makes a real environment, in which the packages of the tests can be
imported; the grader itself is only where pip installs it. All else is done by the real interpreter.
"""

from __future__ import annotations

import shlex
import sys
import sysconfig
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

OFFLINE: Final = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # that is how it is switched on
    "PIP_NO_CACHE_DIR": "1",
    "PIP_NO_COMPILE": "1",  # most modules are never loaded here
}
"""For pip."""

_SCRIPT: Final = """#!/bin/bash
case "$*" in *"-m venv "*) ;; *) exec {python} "$@" ;; esac
for place; do :; done
{python} -I -m venv --without-pip "$place"
for packages in "$place"/lib/python*/site-packages; do
    printf '%s\\n' {lent} >"$packages/lent.pth"
done
"""


def lending_python(where: Path) -> Path:
    """Such an interpreter, as a new file."""
    lent = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    text = _SCRIPT.format(python=shlex.quote(sys.executable), lent=shlex.join(lent))
    where.write_text(text)
    where.chmod(0o755)
    return where
