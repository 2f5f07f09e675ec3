"""The text is sent without data: before its lines.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def data_line(self, text):
        return text


Broken.main()
