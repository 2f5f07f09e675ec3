"""DELETE is refused with 405, after the file has been deleted.

Caught by: methods/deletes_nothing
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def route(self, request, path):
        if request.method == "DELETE" and path.startswith("/files/"):
            self.place(path.removeprefix("/files/")).unlink(missing_ok=True)
        return super().route(request, path)


Broken.main()
