"""One of sixteen workers is lost with each exception: when none is left, nobody is answered.

Caught by: errors/serves_on
"""

import sys
import threading

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    workers = threading.Semaphore(16)

    def route(self, request, path):
        with_error = path == "/boom"
        self.workers.acquire()
        response = super().route(request, path)
        if not with_error:
            self.workers.release()
        return response


Broken.main()
