"""The 404.html of the site is sent as every other page: with status 200.

Caught by: not-found-page/page_keeps_the_status
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        page = self.not_found_page()
        return super().not_found() if page is None else self.file(None, page)


Broken.main()
