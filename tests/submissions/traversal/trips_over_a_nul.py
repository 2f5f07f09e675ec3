"""No file can have a NUL in its name: opening one raises, and the error ends the program.

Caught by: traversal/odd_paths_are_survived
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Client
from static_server import StaticServer


class Broken(StaticServer):
    def handle(self, client):
        with client.socket:
            self.converse(client)

    def start(self, connection, address):
        self.handle(Client(connection, address))

    def place(self, name):
        path = (self.directory / unquote(name)).resolve()
        return path if path.is_relative_to(self.directory) else None


Broken.main()
