"""The first answer is kept for ever.

Caught by: echo/any_length, echo/each_its_own, echo/percent_encoding, echo/slashes
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    answers = {}

    def echo_text(self, path):
        return self.answers.setdefault("/echo/", super().echo_text(path))


Broken.main()
