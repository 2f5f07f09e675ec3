"""Tries to write to a terminal that is not its own, with sequences that could fool whoever reads it."""

from attempt import TARGETS, serve, trying

with trying("another terminal"):
    with open(TARGETS["terminal"], "w") as terminal:
        terminal.write("\x1b[2JPASSED")
serve()
