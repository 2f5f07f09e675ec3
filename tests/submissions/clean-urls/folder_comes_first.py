"""A folder of this name is looked for before the page.

Caught by: clean-urls/page_comes_before_a_folder
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def clean(self, name):
        return [] if self.is_folder(name) else super().clean(name)


Broken.main()
