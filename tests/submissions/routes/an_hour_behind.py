"""The time is that of a zone an hour behind, with the offset of UTC.

Caught by: routes/time_is_current
"""

import sys
from datetime import timedelta

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def now(self):
        return super().now() - timedelta(hours=1)


Broken.main()
