"""The local time is logged with the zone of UTC.

Caught by: request-log/logs_the_date
"""

import sys
from datetime import datetime, timedelta, timezone

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def date(self):
        return (datetime.now(timezone.utc) + timedelta(hours=2)).strftime("%d/%b/%Y:%H:%M:%S +0000")


Broken.main()
