"""The time is sent as the seconds since 1970.

Caught by: routes/answers_a_time
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def written(self, time):
        return str(int(time.timestamp()))


Broken.main()
