"""Every path gets .html, and a file as it is named is never looked for.

Caught by: clean-urls/serves_it_by_name, clean-urls/serves_other_files, clean-urls/named_file_comes_first
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return super().candidates(name) if name == "" else self.clean(name)


Broken.main()
