"""The date has no zone.

Caught by: request-log/logs_the_date
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def date(self):
        return super().date().partition(" ")[0]


Broken.main()
