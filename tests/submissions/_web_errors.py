"""Errors of the right server for the web-app track: whatever a handler raises becomes a 500."""

import traceback

from _web_query import Query


class Errors(Query):
    def routes(self):
        return [*super().routes(), ("GET", "/boom", self.boom)]

    def boom(self, request):
        raise RuntimeError(f"the handler of /boom was given {self.message(request)!r}")

    def message(self, request):
        return self.query_value(request, "word")

    def route(self, request, path):
        try:
            return super().route(request, path)
        except Exception as error:
            return self.on_error(request, error)

    def on_error(self, request, error):
        self.report(error)
        return self.error_page(error)

    def report(self, error):
        traceback.print_exception(error)

    def error_page(self, error):
        return self.error(500)
