"""There is no blank after data: so a client takes the first one of the text.

Caught by: events/blanks_stay
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def data_line(self, text):
        return f"data:{text}"


Broken.main()
