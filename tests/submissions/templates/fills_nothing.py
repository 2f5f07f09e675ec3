"""The template is sent as it is.

Caught by: templates/fills_the_template
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        return template


Broken.main()
