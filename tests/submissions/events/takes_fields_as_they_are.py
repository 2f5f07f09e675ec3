"""A line that looks like a field is sent as it is.

Caught by: events/looks_like_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def data_line(self, text):
        fields = ("data:", "event:", "id:", "retry:", ":")
        return text if text.startswith(fields) else super().data_line(text)


Broken.main()
