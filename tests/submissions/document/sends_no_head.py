"""It sends the document without a status line and header lines.

Caught by: document/answers_200
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def answer(self, head):
        return self.body()


Broken.main()
