"""A percent sign that is not followed by two digits ends the program.

Caught by: forms/malformed_is_survived
"""

import os
import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        if re.search("%(?![0-9A-Fa-f]{2})", text):
            os._exit(1)
        return super().plain(text)


Broken.main()
