"""A client of GET /events is served in the loop that accepts: nobody else is.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from right_server import Client
from web_server import WebServer


class Broken(WebServer):
    def start(self, connection, address):
        self.handle(Client(connection, address))


Broken.main()
