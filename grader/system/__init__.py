"""Read-only questions to the operating system about processes and sockets; nothing here acts on
them.

Linux answers from /proc and sock_diag. Elsewhere psutil answers what it can; a question without an
answer is `None`, and callers then decide by their budget alone.
"""
