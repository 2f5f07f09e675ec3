"""What the command line may say of limits."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.limits import NAMES, Limits, changed


def test_what_is_not_given_stays() -> None:
    assert changed(Limits(), []) == Limits()
    assert changed(Limits(memory=5, cpu=7), ["cpu=8"]) == Limits(memory=5, cpu=8)


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_has_a_name(name: str) -> None:
    assert getattr(changed(Limits(), [f"{name}=77"]), name) == 77


def test_the_last_one_counts() -> None:
    assert changed(Limits(), ["disk=1", "disk=2"]).disk == 2


@pytest.mark.parametrize("text", ["", "memory", "=1", "mem=1", "memory 1", "Memory=1"])
def test_a_name_that_is_not_one(text: str) -> None:
    with pytest.raises(
        UsageError, match="NAME=VALUE, with one of the names memory, processes, cpu"
    ):
        changed(Limits(), [text])


@pytest.mark.parametrize(
    "value", ["", "0", "-1", "1.5", "many", "1e3", "99999999", "٣", "9" * 5000, " 1"]
)
def test_a_value_that_is_not_one(value: str) -> None:
    with pytest.raises(UsageError, match="must be a whole number from 1 to 10000000"):
        changed(Limits(), [f"memory={value}"])
