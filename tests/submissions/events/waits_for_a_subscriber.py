"""A POST waits until there is a subscriber.

Caught by: events/nobody_listens
"""

import sys
import threading
import time

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def receivers(self):
        while not self.subscribers:
            time.sleep(0.01)
        return super().receivers()

    def stream(self, waiting, client):
        """So that those who have left are seen: they say nothing, and end."""
        threading.Thread(target=super().stream, args=(waiting, client), daemon=True).start()
        try:
            while client.socket.recv(1):
                pass
        finally:
            self.subscribers.remove(waiting)

    def leave(self, waiting):
        pass


Broken.main()
