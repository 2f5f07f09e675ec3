"""The time is sent in quotes, as a JSON string.

Caught by: routes/answers_a_time
"""

import json
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def written(self, time):
        return json.dumps(super().written(time))


Broken.main()
