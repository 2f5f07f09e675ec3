"""The time is written as C's ctime does.

Caught by: routes/answers_a_time
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def written(self, time):
        return time.ctime()


Broken.main()
