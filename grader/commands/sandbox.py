"""The options that say how a program is contained; the levels take a while to load."""

from __future__ import annotations

import click

from grader.isolation import LEVELS

SANDBOX = click.option(
    "--sandbox",
    type=click.Choice(["auto", "off", *LEVELS]),
    default="auto",
    help="The isolation level (auto: the best one here; off: plain).",
)
REQUIRE_SANDBOX = click.option(
    "--require-sandbox",
    is_flag=True,
    help="Exit with 3 when the program cannot be isolated.",
)
