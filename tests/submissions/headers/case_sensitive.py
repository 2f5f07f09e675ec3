"""The names of headers are compared letter by letter, with their case.

Caught by: headers/any_case
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, _, value = line.partition(":")
        return name, value.strip(" \t")

    def header(self, request, name, default=""):
        return request.headers.get(name, default)


Broken.main()
