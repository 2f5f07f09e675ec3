"""A right server for the hardening track: the one of the base track, with eyes for what is wrong in a request.

The broken submissions of the track are this server with one method replaced.

Passes: http, hardening
"""

import re

from _stoppable_server import StoppableServer
from right_server import Request, Response

TARGET_LIMIT = FIELDS_LIMIT = 64 * 1024
BODY_LIMIT = 16 * 1024 * 1024
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
HOST = re.compile(r"([\w.~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\])(:\d*)?", re.ASCII)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
REASONS = {
    100: "Continue", 200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 413: "Content Too Large", 414: "URI Too Long",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large", 501: "Not Implemented", 505: "HTTP Version Not Supported",
}  # fmt: skip


class Refusal(ValueError):
    """What has come cannot be served: the status says why, and the connection ends with it."""

    def __init__(self, status):
        super().__init__(f"refused with {status}")
        self.status = status


class HardenedServer(StoppableServer):
    # --- connections ---------------------------------------------------------------------------------------

    def converse(self, client):
        while True:
            try:
                request = self.read_request(client)
            except Refusal as refusal:
                self.turn_away(client, refusal.status)
                return
            except ValueError:
                self.turn_away(client, 400)
                return
            except TimeoutError:
                self.give_up(client)
                return
            if request is None:
                return
            close = self.wants_close(client, request)
            self.send(client, self.to_bytes(self.respond(request, close)))
            if close:
                return

    def turn_away(self, client, status):
        """Say why, and read on for a while: closing with bytes unread would reset our answer away."""
        self.send(client, self.to_bytes(self.refusal(status)))
        client.socket.shutdown(1)
        client.socket.settimeout(2)
        try:
            while client.socket.recv(65536):
                pass
        except OSError:
            pass

    def give_up(self, client):
        """The client has been silent for too long."""
        if client.busy:
            self.turn_away(client, 408)

    def refusal(self, status):
        response = Response(status)
        response.headers = {"Content-Length": "0", "Connection": "close"}
        return response

    # --- reading -------------------------------------------------------------------------------------------

    def read_head(self, client):
        while b"\r\n\r\n" not in (waiting := self.skip_empty_lines(client.buffer)):
            self.check_unfinished(waiting)
            if not self.receive(client):
                return None
        head, _, client.buffer = waiting.partition(b"\r\n\r\n")
        self.check_size(head + b"\r\n")
        return head

    def check_unfinished(self, head):
        self.check_size(head)

    def check_size(self, head):
        line, _, fields = head.partition(b"\r\n")
        self.check_target(line)
        self.check_fields(fields)

    def check_target(self, line):
        if len(line) > TARGET_LIMIT:
            raise Refusal(414)

    def check_fields(self, fields):
        if len(fields) > FIELDS_LIMIT:
            raise Refusal(431)

    def split_request_line(self, line):
        if line.count(" ") != 2:
            raise Refusal(400)
        method, target, version = line.split(" ")
        self.check_method_name(method)
        self.check_form(method, target)
        self.check_version(version)
        return method, target, version

    def check_method_name(self, method):
        if not TOKEN.fullmatch(method):
            raise Refusal(400)

    def check_form(self, method, target):
        if not target.startswith(("/", "http://")) and (method, target) != ("OPTIONS", "*"):
            raise Refusal(400)

    def check_version(self, version):
        if not re.fullmatch(r"HTTP/\d\.\d", version):
            raise Refusal(400)
        if not version.startswith("HTTP/1."):
            raise Refusal(505)

    def parse_headers(self, lines):
        headers = {}
        for line in lines:
            self.check_line_ends(line)
            name, value = self.parse_header(line)
            self.check_repeated(headers, name, value)
            headers[name] = self.joined(headers, name, value)
        return headers

    def joined(self, headers, name, value):
        """Codings may stand on several lines, which are one list."""
        return f"{headers[name]}, {value}" if name == "transfer-encoding" and name in headers else value

    def check_line_ends(self, line):
        if "\r" in line or "\n" in line or "\0" in line:
            raise Refusal(400)

    def parse_header(self, line):
        name, colon, value = line.partition(":")
        self.check_colon(colon)
        self.check_field_name(name)
        return name.lower().strip(), value.strip(" \t")

    def check_colon(self, colon):
        if not colon:
            raise Refusal(400)

    def check_field_name(self, name):
        """Not one with a blank before the colon, and not a folded line, which begins with a blank."""
        if not TOKEN.fullmatch(name):
            raise Refusal(400)

    def check_repeated(self, headers, name, value):
        if name == "host" and "host" in headers:
            raise Refusal(400)
        if name == "content-length" and headers.get(name, value) != value:
            raise Refusal(400)

    def read_request(self, client):
        head = self.read_head(client)
        if head is None:
            return None
        request: Request = self.parse_head(head)
        self.check_host(request)
        self.check_framing(request)
        self.invite(client, request)
        request.body = self.read_body(client, request)
        return None if request.body is None else request

    def check_host(self, request):
        if request.version != "HTTP/1.0" and "host" not in request.headers:
            raise Refusal(400)
        self.check_host_name(request.headers.get("host", ""))

    def check_host_name(self, host):
        if not HOST.fullmatch(host):
            raise Refusal(400)

    def check_framing(self, request):
        if "transfer-encoding" not in request.headers:
            self.check_length(request)
            return
        if "content-length" in request.headers:
            self.refuse_both(request)
        codings = request.headers["transfer-encoding"].lower().split(",")
        self.check_codings([coding.strip(" \t") for coding in codings])

    def refuse_both(self, request):
        raise Refusal(400)

    def check_codings(self, codings):
        """Without chunks as the last coding a body has no end; of other codings we know none."""
        if codings[-1] != "chunked":
            self.refuse_end()
        if codings != ["chunked"]:
            self.refuse_coding()

    def refuse_end(self):
        raise Refusal(400)

    def refuse_coding(self):
        raise Refusal(501)

    def check_length(self, request):
        length = request.headers.get("content-length", "0")
        self.check_digits(length)
        self.check_body_size(int(length))

    def check_digits(self, length):
        if not re.fullmatch("[0-9]+", length):
            raise Refusal(400)

    def check_body_size(self, size):
        if size > BODY_LIMIT:
            raise Refusal(413)

    def invite(self, client, request):
        """A client that expects 100 (Continue) does not send its body before it has seen it."""
        if self.header(request, "Expect").lower() == "100-continue" and request.version != "HTTP/1.0":
            self.send(client, b"HTTP/1.1 100 Continue\r\n\r\n")

    def read_body(self, client, request):
        if "transfer-encoding" in request.headers:
            return self.read_chunks(client)
        return super().read_body(client, request)

    def read_chunks(self, client):
        body = b""
        while size := self.chunk_size(self.read_size(client)):
            self.check_chunk(body, size)
            body += self.take(client, size)
            self.end_chunk(client)
        self.read_trailers(client)
        return body

    def read_size(self, client):
        return self.read_line(client)

    def check_chunk(self, body, size):
        self.check_body_size(len(body) + size)

    def end_chunk(self, client):
        if self.read_line(client):
            raise Refusal(400)

    def read_trailers(self, client):
        size = 0
        while line := self.read_line(client):
            size += len(line) + 2
            self.check_trailers(size)

    def check_trailers(self, size):
        if size > FIELDS_LIMIT:
            raise Refusal(431)

    def chunk_size(self, line):
        self.check_extension(line)
        digits = line.partition(b";")[0].rstrip(b" \t")
        if not re.fullmatch(rb"[0-9A-Fa-f]+", digits):
            raise Refusal(400)
        return int(digits, 16)

    def check_extension(self, line):
        if b"\n" in line or b"\r" in line:
            raise Refusal(400)

    def read_line(self, client):
        """One line of a chunked body: a size, the end of a chunk, or a trailer."""
        while b"\r\n" not in client.buffer:
            self.check_line(client.buffer)
            if not self.receive(client):
                raise OSError("the client left in the middle of its body")
        line, _, client.buffer = client.buffer.partition(b"\r\n")
        return line

    def check_line(self, line):
        if len(line) > FIELDS_LIMIT:
            raise Refusal(400)

    def take(self, client, size):
        while len(client.buffer) < size:
            if not self.receive(client):
                raise OSError("the client left in the middle of its body")
        taken, client.buffer = client.buffer[:size], client.buffer[size:]
        return taken

    def wants_close(self, client, request):
        return super().wants_close(client, request) or self.is_framed_oddly(request)

    def is_framed_oddly(self, request):
        """HTTP/1.0 has no chunks: whoever sends some may mean another end than we do."""
        return request.version == "HTTP/1.0" and "transfer-encoding" in request.headers

    # --- answering -----------------------------------------------------------------------------------------

    def path(self, target):
        if target.startswith("http://"):
            target = "/" + target.removeprefix("http://").partition("/")[2]
        return super().path(target)

    def route(self, request, path):
        if self.unknown_method(request):
            return Response(501)
        if path == "*":
            return self.options(METHODS)
        allowed = self.allowed(path)
        if allowed is None:
            return self.not_found()
        if request.method == "OPTIONS":
            return self.options(allowed)
        if request.method not in allowed:
            return self.method_not_allowed(allowed)
        return super().route(request, path)

    def unknown_method(self, request):
        return request.method not in METHODS

    def allowed(self, path):
        """The methods of a path, or None where there is nothing."""
        if path.startswith("/files/"):
            return {"GET", "HEAD", "POST", "OPTIONS"}
        if path in ("/", "/user-agent") or path.startswith("/echo/"):
            return {"GET", "HEAD", "OPTIONS"}
        return None

    def options(self, allowed):
        response = Response(204)
        response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    def method_not_allowed(self, allowed):
        response = Response(405)
        response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    def frame(self, request, response):
        if response.status != 204:
            super().frame(request, response)

    def to_bytes(self, response):
        lines = [f"HTTP/1.1 {response.status} {REASONS[response.status]}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + response.body


if __name__ == "__main__":
    HardenedServer.main()
