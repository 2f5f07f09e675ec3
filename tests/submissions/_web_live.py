"""Answers of the right server for the web-app track that go on for as long as their client stays: a stream of events,
and a WebSocket."""

import base64
import hashlib
import queue
import struct
from functools import partial

from _web_routes import Routes
from right_server import Response

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
LONGEST, CODES = 1 << 24, {1000, 1001, 1002, 1003, *range(1007, 1015)}


class Live(Routes):
    """A response may have `then`, a function that is called with the client when the head has been sent."""

    def converse(self, client):
        while True:
            try:
                request = self.read_request(client)
            except ValueError:
                self.send(client, self.to_bytes(self.refuse()))
                return
            if request is None:
                return
            close = self.wants_close(client, request)
            response = self.respond(request, close)
            self.send(client, self.to_bytes(response))
            client.answered += 1
            if hasattr(response, "then") and request.method != "HEAD":
                response.then(client)
                return
            if close:
                return

    def frame(self, request, response):
        if not hasattr(response, "then"):
            super().frame(request, response)


class Events(Live):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.subscribers = []

    def routes(self):
        return [*super().routes(), ("GET", "/events", self.events), ("POST", "/events", self.post_event)]

    # --- subscribers ---------------------------------------------------------------------------------------

    def events(self, request):
        response = Response(200, content_type=self.stream_type())
        response.headers |= {"Cache-Control": "no-cache", "Transfer-Encoding": "chunked"}
        response.then = partial(self.stream, self.subscribe())
        return response

    def stream_type(self):
        return "text/event-stream"

    def subscribe(self):
        waiting = self.new_queue()
        self.subscribers.append(waiting)
        return waiting

    def new_queue(self):
        return queue.Queue()

    def stream(self, waiting, client):
        """Send each event to this client, until it has left."""
        try:
            while self.send_event(client, self.next_event(waiting)):
                pass
        finally:
            self.leave(waiting)

    def send_event(self, client, event):
        self.send(client, self.chunk(event))
        return True

    def next_event(self, waiting):
        return waiting.get()

    def leave(self, waiting):
        self.subscribers.remove(waiting)

    def chunk(self, data):
        return f"{len(data):x}\r\n".encode() + data + b"\r\n"

    # --- what is posted ------------------------------------------------------------------------------------

    def post_event(self, request):
        event = self.event(self.posted_text(request.body))
        for waiting in self.receivers():
            self.deliver(waiting, event)
        return self.posted()

    def posted(self):
        return Response(204)

    def receivers(self):
        return list(self.subscribers)

    def deliver(self, waiting, event):
        waiting.put(event)

    def posted_text(self, body):
        return body.decode()

    def event(self, text):
        lines = [self.data_line(line) for line in self.event_lines(text)]
        return self.encode_event("\n".join(lines) + self.event_end())

    def event_lines(self, text):
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def data_line(self, text):
        return f"data: {text}"

    def event_end(self):
        return "\n\n"

    def encode_event(self, text):
        return text.encode()


class BrokenRule(Exception):
    """The client broke a rule: `code` says which."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Left(Exception):
    """The client has gone."""


class Message:
    """The message of one client that is not whole yet."""

    def __init__(self):
        self.opcode = None
        self.payload = b""


class WebSockets(Live):
    def routes(self):
        return [*super().routes(), ("GET", "/ws", self.websocket)]

    # --- the handshake -------------------------------------------------------------------------------------

    def websocket(self, request):
        return self.accept(request) if self.is_handshake(request) else self.refuse_plain(request)

    def is_handshake(self, request):
        return self.wants_upgrade(request) and self.has_key(request) and self.has_version(request)

    def wants_upgrade(self, request):
        upgrade = self.header(request, "Upgrade").lower() == "websocket"
        return upgrade and "upgrade" in self.options(request)

    def options(self, request):
        return [option.strip().lower() for option in self.header(request, "Connection").split(",")]

    def has_key(self, request):
        return bool(self.header(request, "Sec-WebSocket-Key"))

    def has_version(self, request):
        return self.header(request, "Sec-WebSocket-Version") == "13"

    def accept(self, request):
        response = Response(self.switching())
        response.headers |= {"Upgrade": "websocket", "Connection": "Upgrade"}
        response.headers["Sec-WebSocket-Accept"] = self.accept_key(self.header(request, "Sec-WebSocket-Key"))
        response.headers |= self.extensions(request)
        response.then = self.talk
        return response

    def switching(self):
        return 101

    def accept_key(self, key):
        return base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()

    def extensions(self, request):
        return {}

    def refuse_plain(self, request):
        response = self.error(426)
        response.headers |= {"Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        return response

    # --- messages ------------------------------------------------------------------------------------------

    def talk(self, client):
        message = Message()
        try:
            while self.take(client, message, *self.read_frame(client)):
                pass
        except BrokenRule as broken:
            self.fail(client, broken.code)
        except Left:
            pass

    def fail(self, client, code):
        self.send_frame(client, CLOSE, struct.pack("!H", code))

    def take(self, client, message, fin, opcode, payload):
        """One frame; whether others follow."""
        if opcode == CLOSE:
            self.close(client, payload)
            return False
        if opcode == PING:
            self.pong(client, payload)
        elif opcode == PONG:
            self.take_pong(client, payload)
        elif opcode in (CONTINUATION, TEXT, BINARY):
            self.take_data(client, message, fin, opcode, payload)
        else:
            self.unknown(opcode)
        return True

    def unknown(self, opcode):
        raise BrokenRule(1002)

    def close(self, client, payload):
        self.send_frame(client, CLOSE, self.close_answer(self.checked_close(payload)))

    def close_answer(self, payload):
        return payload[:2]

    def pong(self, client, payload):
        self.send_frame(client, PONG, payload)

    def take_pong(self, client, payload):
        pass

    def take_data(self, client, message, fin, opcode, payload):
        self.check_order(message, opcode)
        if opcode != CONTINUATION:
            message.opcode, message.payload = opcode, b""
        message.payload += payload
        if fin:
            self.answer(client, message.opcode, message.payload)
            message.opcode = None

    def check_order(self, message, opcode):
        if (opcode == CONTINUATION) != (message.opcode is not None):
            raise BrokenRule(1002)

    def answer(self, client, opcode, payload):
        if opcode == TEXT:
            self.send_frame(client, TEXT, self.encode_text(self.decode_text(payload)))
        else:
            self.send_frame(client, BINARY, payload)

    def decode_text(self, payload):
        try:
            return payload.decode()
        except UnicodeDecodeError:
            raise BrokenRule(1007) from None

    def encode_text(self, text):
        return text.encode()

    # --- frames --------------------------------------------------------------------------------------------

    def read_frame(self, client):
        first, second = self.exactly(client, 2)
        self.check_first(first, second & 0x7F)
        if not second & 0x80:
            self.unmasked()
        length = self.read_length(client, second & 0x7F)
        mask = self.exactly(client, 4) if second & 0x80 else b""
        payload = self.exactly(client, length)
        return bool(first & 0x80), first & 0x0F, self.unmask(payload, mask) if mask else payload

    def check_first(self, first, length):
        """No reserved bit; a control frame is whole and short."""
        if first & 0x70 or (first & 0x08 and (not first & 0x80 or length > 125)):
            raise BrokenRule(1002)

    def unmasked(self):
        raise BrokenRule(1002)

    def read_length(self, client, length):
        if length == 126:
            length = self.integer(self.exactly(client, 2))
        elif length == 127:
            length = self.integer(self.exactly(client, 8))
        if length > LONGEST:
            raise BrokenRule(1009)
        return length

    def integer(self, data):
        return int.from_bytes(data, "big")

    def exactly(self, client, size):
        while len(client.buffer) < size:
            if not self.receive(client):
                raise Left
        data, client.buffer = client.buffer[:size], client.buffer[size:]
        return data

    def unmask(self, payload, mask):
        return bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))

    def send_frame(self, client, opcode, payload):
        self.send(client, self.frame_bytes(opcode, payload))

    def frame_bytes(self, opcode, payload):
        return bytes([0x80 | opcode]) + self.length_bytes(payload) + payload

    def length_bytes(self, payload):
        size = len(payload)
        if size < 126:
            return bytes([size])
        if size < 65536:
            return struct.pack("!BH", 126, size)
        return struct.pack("!BQ", 127, size)

    def checked_close(self, payload):
        """A code that a client may send, or none."""
        code = int.from_bytes(payload[:2], "big")
        if payload and (len(payload) == 1 or not (code in CODES or 3000 <= code < 5000)):
            raise BrokenRule(1002)
        return payload
