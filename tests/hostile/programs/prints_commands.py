"""Prints what CI systems and terminals obey, and what the grader itself prints, and answers wrongly."""

import os

from attempt import serve

LINES = (
    b"::error file=grade.py,line=1::owned", b"::set-env name=PATH::/tmp", b"::add-mask::PASSED", b"::stop-commands::x",
    b"##[error]owned", b"##vso[task.complete result=Succeeded;]DONE", b"##teamcity[testFinished name='all']",
    b"PASSED: 9 of 9 stages, 100 of 100 points", b"\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\",
    b"\x1b]52;c;b3duZWQ=\x07\x1bc\x9b2J\xe2\x80\xae\xff\xfe\x00", b'{"verdict": "passed", "score": 100}',
)  # fmt: skip
for ending in (b"\n", b"\r\n", b"\r", b"\x0b", b"\x85", b"\xe2\x80\xa8"):
    os.write(1, ending.join((b"", *LINES, b"")))
serve(lambda: b"HTTP/1.1 500 ::error::owned\r\n::error::owned: x\r\nContent-Length: 15\r\n\r\n::error::owned\n")
