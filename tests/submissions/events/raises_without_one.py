"""A POST without a subscriber raises.

Caught by: events/nobody_listens
"""

import sys
import threading

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def receivers(self):
        first, *others = super().receivers()
        return [first, *others]

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
