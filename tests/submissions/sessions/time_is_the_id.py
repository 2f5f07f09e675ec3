"""The id of a session is the time of its first request.

Caught by: sessions/cannot_be_guessed
"""

import sys
import time

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_session(self):
        return f"s-{time.time_ns()}"


Broken.main()
