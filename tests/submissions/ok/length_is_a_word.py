"""Content-Length is a word where it has to be a number.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        return "banana"


Broken.main()
