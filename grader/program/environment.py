"""The environment variables a submission sees: an allow-list, never the grader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIXED: Final = {
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "PYTHONUNBUFFERED": "1",  # what a program prints is read while it runs
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONFAULTHANDLER": "1",  # on SIGABRT, and when it crashes, it prints the lines it was at
}

_TOOLCHAINS: Final = (
    "PATH", "VIRTUAL_ENV", "JAVA_HOME", "GOROOT", "GOPATH", "GOFLAGS", "NODE_PATH", "NVM_DIR",
    "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "DOTNET_ROOT", "PYENV_ROOT", "PYENV_VERSION",
    "RBENV_ROOT", "ASDF_DIR", "ASDF_DATA_DIR", "MISE_DATA_DIR", "NIX_PATH", "GEM_HOME", "GEM_PATH",
)  # fmt: skip
"""Where compilers and interpreters live. Without them the learner's build fails for us."""

_UNDER_HOME: Final = {
    "RUSTUP_HOME": ".rustup", "PYENV_ROOT": ".pyenv", "NVM_DIR": ".nvm", "ASDF_DATA_DIR": ".asdf",
}  # fmt: skip
"""Toolchain homes that are found through HOME, which is another one for a submission."""


def submission_environment(ours: Mapping[str, str], home: str) -> dict[str, str]:
    """What the submission gets, `home` being a directory of its own."""
    found = {name: ours[name] for name in _TOOLCHAINS if name in ours}
    real_home = ours.get("HOME", "")
    for name, folder in _UNDER_HOME.items():
        if real_home and name not in found:
            found[name] = f"{real_home}/{folder}"
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", **found, **_FIXED, "HOME": home, "TMPDIR": home}
