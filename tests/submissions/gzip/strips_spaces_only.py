"""The white space around an item may be a tab, too, and that stays a part of it.

Caught by: gzip/refused, gzip/with_a_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def items(self, listed):
        return [item.strip(" ") for item in listed.split(",")]

    def weight(self, item):
        coding, _, parameter = item.partition(";")
        name, _, q = parameter.partition("=")
        return coding.strip(" ").lower(), self.q(q) if name.strip(" ").lower() == "q" else 1.0


Broken.main()
