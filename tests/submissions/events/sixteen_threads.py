"""Sixteen threads serve all clients.

Caught by: events/many_subscribers
"""

import sys
from concurrent.futures import ThreadPoolExecutor

sys.path[0] += "/.."
from right_server import Client
from web_server import WebServer


class Broken(WebServer):
    def run(self):
        self.pool = ThreadPoolExecutor(16)
        super().run()

    def start(self, connection, address):
        self.pool.submit(self.handle, Client(connection, address))


Broken.main()
