"""The id is percent-decoded, and compared up to the end of its first line.

Caught by: middleware/adds_no_header
"""

import re
import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_id(self, request):
        return unquote(super().sent_id(request))

    def is_well_formed(self, sent):
        return re.match("[A-Za-z0-9._-]{1,64}$", sent, re.MULTILINE) is not None


Broken.main()
