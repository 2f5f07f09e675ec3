"""Ignores whatever can be ignored."""

import signal

from listener import ok, serve

for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE):
    signal.signal(number, signal.SIG_IGN)
serve(ok)
