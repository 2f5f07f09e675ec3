"""The request log of the right server for the web-app track: a line for each request, in the common log format."""

import sys
from datetime import datetime, timezone

from _web_routes import Routes


class RequestLog(Routes):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            request.client = client
        return request

    def respond(self, request, close):
        response = super().respond(request, close)
        self.log(self.line(request, response))
        return response

    def log(self, line):
        sys.stdout.write(f"{line}\n")  # in one call: other threads write, too
        sys.stdout.flush()

    def line(self, request, response):
        first = self.escaped_line(self.request_line(request))
        status, size = self.logged_status(response), self.size(response)
        return f'{self.host(request)} - - [{self.date()}] "{first}" {status} {size}'

    def host(self, request):
        return request.client.address[0]

    def date(self):
        return datetime.now(timezone.utc).strftime("%d/%b/%Y:%H:%M:%S %z")

    def request_line(self, request):
        return f"{request.method} {request.target} {request.version}"

    def escaped_line(self, line):
        return "".join(map(self.escaped_sign, line))

    def escaped_sign(self, sign):
        return sign if " " <= sign <= "~" and sign not in '"\\' else f"\\x{ord(sign):02x}"

    def logged_status(self, response):
        return response.status

    def size(self, response):
        return len(response.body)
