"""What is not ASCII in a template is left out.

Caught by: templates/fills_another
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def template(self, name):
        return self.template_file(name).read_bytes().decode("ascii", "ignore")


Broken.main()
