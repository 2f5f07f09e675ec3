"""What the author of a check over TCP imports, beside `grader.author`."""

from grader.tcp import expect
from grader.tcp.connection import TcpConnection
from grader.tcp.session import TcpSession

__all__ = ["TcpConnection", "TcpSession", "expect"]
