"""It sends no length, and leaves the connection open.

Caught by: document/end_is_told
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def headers(self, body):
        return [f"Content-Type: {self.content_type()}"]

    def send(self, connection, data):
        connection.sendall(data)
        connection.recv(1)


Broken.main()
