"""What looks like an element is removed.

Caught by: json-api/escapes
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return super().message_escaped(re.sub("<[^>]*>", "", text))


Broken.main()
