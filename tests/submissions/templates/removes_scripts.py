"""Only script elements are taken out of the name.

Caught by: templates/escapes_ampersands, templates/escapes_brackets, templates/escapes_double_quotes, templates/escapes_single_quotes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def escaped(self, text):
        return text.replace("<script>", "").replace("</script>", "")


Broken.main()
