"""The local time is sent with a Z after it.

Caught by: routes/time_is_current
"""

import sys
from datetime import timedelta, timezone

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def now(self):
        return super().now().astimezone(timezone(timedelta(hours=5, minutes=30))).replace(tzinfo=timezone.utc)


Broken.main()
