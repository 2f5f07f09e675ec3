"""The name Content-Length is compared letter by letter, with its case.

Caught by: files/lower_case_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return line.partition(":")[0], value

    def header(self, request, name, default=""):
        return request.headers.get(name, default)


Broken.main()
