"""After two clients it takes no more, although it still listens.

Caught by: ok/second_client
"""

import sys
import threading

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    taken = 0

    def start(self, connection, address):
        self.taken += 1
        super().start(connection, address)
        if self.taken == 2:
            self.serve(self.clients[connection])
            self.wait_for_the_end()

    def wait_for_the_end(self):
        for client in [*self.clients.values()]:
            while self.receive(client):
                pass
            self.drop(client)
        threading.Event().wait()


Broken.main()
