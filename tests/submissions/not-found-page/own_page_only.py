"""The 404.html of the site is never looked for.

Caught by: not-found-page/uses_the_page_of_the_site
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found_page(self):
        return None


Broken.main()
