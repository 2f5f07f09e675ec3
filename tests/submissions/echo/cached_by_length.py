"""Answers are kept for the next time under the length of the text, not under the text.

Caught by: echo/each_its_own
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    answers = {}

    def echo_text(self, path):
        return self.answers.setdefault(len(path), super().echo_text(path))


Broken.main()
