"""A right server for the web-app track: the one of the static-site track, and routes before its files.

The broken submissions of the track are this server with one method replaced.

Passes: web-app
"""

from _web_api import Api
from _web_errors import Errors
from _web_live import Events, WebSockets
from _web_middleware import Middleware
from _web_request_log import RequestLog
from _web_sessions import Sessions
from _web_templates import Templates


class WebServer(RequestLog, Middleware, Errors, WebSockets, Events, Sessions, Templates, Api):
    pass


if __name__ == "__main__":
    WebServer.main()
