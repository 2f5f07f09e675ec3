"""What the author of a check of WebSockets imports, beside `grader.author`."""

from grader.websocket import expect
from grader.websocket.connection import Message, WebSocket
from grader.websocket.frames import Frame, Opcode
from grader.websocket.handshake import client_headers
from grader.websocket.session import WebSocketSession

__all__ = [
    "Frame",
    "Message",
    "Opcode",
    "WebSocket",
    "WebSocketSession",
    "client_headers",
    "expect",
]
