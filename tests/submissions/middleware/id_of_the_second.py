"""The id is the time in seconds.

Caught by: middleware/ids_are_new
"""

import sys
import time

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_id(self):
        return str(int(time.time()))


Broken.main()
