"""A right server for the web-app track: the one of the static-site track, and routes before its files.

The broken submissions of the track are this server with one method replaced.

Passes: web-app
"""

from _web_inputs import Inputs


class WebServer(Inputs):
    pass


if __name__ == "__main__":
    WebServer.main()
