"""Its head is an indented text of several lines.

Caught by: document/answers_200
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def head(self, body):
        return f"""
            HTTP/1.1 200 OK
            Content-Type: text/html; charset=utf-8
            Content-Length: {len(body)}

        """


Broken.main()
