"""The lines of its head end with a line feed alone.

Caught by: document/answers_200
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def head(self, body):
        return super().head(body).replace("\r\n", "\n")


Broken.main()
