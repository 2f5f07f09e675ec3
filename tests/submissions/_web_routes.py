"""Routes of the right server for the web-app track: a table of methods and paths, and the site below it.

What the track adds is in classes of a few stages each, such as this one. Each adds its routes to those of the class
that it is derived from; web_server.py is all of them.
"""

from datetime import datetime, timezone
from functools import partial
from http import HTTPStatus

from right_server import REASONS, Response
from static_server import StaticServer

REASONS |= {status.value: status.phrase for status in HTTPStatus}
NO_BODY = (204, 304)


class Routes(StaticServer):
    def routes(self):
        """Method, pattern and handler: a segment in braces matches any one, and is handed over as it was sent."""
        return [("GET", "/time", self.time)]

    def route(self, request, path):
        handlers = self.handlers(path)
        if not handlers:
            return self.fall_back(request, path)
        method = "GET" if request.method == "HEAD" else request.method
        if method not in handlers:
            return self.method_not_allowed(handlers)
        return handlers[method](request)

    def handlers(self, path):
        """By method, what answers this path."""
        found = {}
        for method, pattern, handler in self.routes():
            segments = self.match(pattern, path)
            if segments is not None and method not in found:
                found[method] = partial(self.call, handler, segments)
        return found

    def call(self, handler, segments, request):
        return handler(request, *segments)

    def match(self, pattern, path):
        """The segments that stand for those in braces; None where the path is another one."""
        wanted, found = pattern.split("/"), path.split("/")
        if len(wanted) != len(found):
            return None
        pairs = list(zip(wanted, found))
        if any(one != other for one, other in pairs if not one.startswith("{")) or "" in found[1:]:
            return None
        return [other for one, other in pairs if one.startswith("{")]

    def fall_back(self, request, path):
        """The file of the site, or 404."""
        return super().route(request, path)

    def method_not_allowed(self, methods):
        response = self.error(405)
        response.headers["Allow"] = ", ".join(sorted(methods))
        return response

    def error(self, status):
        return self.text(REASONS[status], status)

    def text(self, text, status=200):
        return Response(status, text.encode(), "text/plain; charset=utf-8")

    def frame(self, request, response):
        if response.status not in NO_BODY:
            super().frame(request, response)

    # --- /time ---------------------------------------------------------------------------------------------

    def time(self, request):
        return self.text(self.written(self.now()))

    def now(self):
        return datetime.now(timezone.utc)

    def written(self, time):
        return time.isoformat()
