"""What to do about a server that does not answer, by what its threads do. Pure."""

from __future__ import annotations

from typing import Final

READ_ALL: Final = "Keep calling recv until the whole request has arrived."
NEVER_READ: Final = "Read from each connection that you accept: give it a thread or task."
READ_AGAIN: Final = (
    "After an answer, go back to reading on the same connection, until the client closes it."
)
ACCEPT_AGAIN: Final = (
    "Call accept again while earlier connections are still open: give each one its own thread or"
    " task."
)
ONLY_ACCEPT: Final = (
    "The thread that accepts clients waits for something else there. Let it only accept: what may"
    " wait belongs into another thread or task."
)
STOPPED: Final = (
    "Find what stops it: a signal, a debugger, or reading the terminal in the background. A stopped"
    " process does nothing until SIGCONT."
)
NOTHING_MORE_COMES: Final = (
    "The client sends nothing more. Answer what has arrived, or close the connection."
)
TOO_FEW: Final = (
    "A thread that waits for a silent client serves no other client. Do not let a fixed number of"
    " threads limit the number of connections."
)
HELD: Final = (
    "Do not hold a lock while you wait for a client: read first, and lock only what is shared."
)
NOTHING_SENT: Final = (
    "Your handler returned without sending an answer or closing the connection. Send an answer on"
    " every path."
)
NOBODY_READS: Final = (
    "A connection holds a few megabytes that its client has not read. Then send waits until it"
    " reads: only this client may have to wait with it."
)
DEADLOCK: Final = (
    "Look for a deadlock. Release each lock on every path, and make sure that another thread fills"
    " the queue."
)
