"""The time is sent without its offset from UTC.

Caught by: routes/answers_a_time
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def now(self):
        return super().now().replace(tzinfo=None)


Broken.main()
