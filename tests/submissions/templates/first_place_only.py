"""Only the first place of the template is filled.

Caught by: templates/fills_the_template
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        return template.replace("{{ name }}", self.escaped(values["name"]), 1)


Broken.main()
