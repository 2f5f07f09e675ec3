"""Each request is logged when it comes and when it is answered, in the same form.

Caught by: request-log/one_line_each
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def log(self, line):
        super().log(line)
        super().log(line)


Broken.main()
