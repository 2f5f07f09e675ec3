"""The page is made first, and what is in braces is computed then.

Caught by: templates/name_is_text
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        page = super().filled(template, values)
        return re.sub(r"\{\{ *(\d+) *\* *(\d+) *\}\}", lambda found: str(int(found[1]) * int(found[2])), page)


Broken.main()
