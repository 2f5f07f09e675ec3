"""Location encodes the name as it came, which is encoded already.

Caught by: files/location_leads_there
"""

import sys
from urllib.parse import quote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def created(self, request, name):
        response = super().created(request, name)
        response.headers["Location"] = f"/files/{quote(name)}"
        return response


Broken.main()
