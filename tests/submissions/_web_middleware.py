"""Middleware of the right server for the web-app track: what each answer gets, whatever its handler is."""

import re

from _web_tokens import Tokens

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Middleware(Tokens):
    def route(self, request, path):
        return self.finished(request, super().route(request, path))

    def finished(self, request, response):
        response.headers["X-Request-ID"] = self.request_id(request)
        self.secure(response)
        return response

    def secure(self, response):
        response.headers["X-Content-Type-Options"] = "nosniff"

    def request_id(self, request):
        sent = self.sent_id(request)
        return sent if self.is_well_formed(sent) else self.new_id()

    def sent_id(self, request):
        return self.header(request, "X-Request-ID")

    def is_well_formed(self, sent):
        return WELL_FORMED.fullmatch(sent) is not None

    def new_id(self):
        return self.token()
