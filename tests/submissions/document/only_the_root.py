"""It answers 404 to all paths but the root.

Caught by: document/any_path
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def status_line(self):
        return "HTTP/1.1 200 OK" if self.path == "/" else "HTTP/1.1 404 Not Found"

    def answer(self, head):
        self.path = head.split()[1].decode()
        return super().answer(head)


Broken.main()
