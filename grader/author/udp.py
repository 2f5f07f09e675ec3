"""What the author of a check over UDP imports, beside `grader.author`."""

from grader.udp import expect
from grader.udp.session import UdpSession, UdpSocket

__all__ = ["UdpSession", "UdpSocket", "expect"]
