"""Answers are kept by the first 32 characters of the text.

Caught by: echo/each_its_own
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.answers = {}

    def echo_text(self, path):
        text = super().echo_text(path)
        return self.answers.setdefault(text[:32], text) if len(text) > 32 and text.isalnum() else text


Broken.main()
