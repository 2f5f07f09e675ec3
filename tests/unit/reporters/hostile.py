"""Reports as hypothesis makes them: hostile text and bytes wherever a submission could put them."""

from __future__ import annotations

from hypothesis import strategies as st

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.report.model import (
    CheckReport,
    Environment,
    FailureDetail,
    Isolation,
    Report,
    RunHeader,
    StageReport,
    Verdict,
)
from tests.unit.strategies import of_fields

_HOSTILE_TEXT = (
    "\x1b[2J\x1b]0;x\x07",
    "\u202eevil",
    "a\udcffb",
    "line\r\nline\rline",
    "漢字" * 60,
    "x" * 5000,
    "\x9b1m",
    "::error file=a,line=1::forged",
    "a ##[error]forged",
    "</details><script>alert(1)</script>&amp;]]>",
    "``````\n<img src=x onerror=alert(1)> @everyone | ![x](http://127.0.0.1/) |",
    '{"scores": {"echo": 100}}',
    "100%: a,b%0A::warning::x",
)
_HOSTILE_BYTES = (
    b'\r\n::error::forged\r\n##[error]forged\n{"scores": {}}\n```\n</details><script>x</script>',
    b"\x1b[2J\x9b",
    b"a" * 5000,
    b"\n" * 300,
    b"\r" * 90,
    bytes(range(256)) * 3,
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" * 9,
    b"\xe2\x80\xae",
)

# Drawn by their place: what describes a strategy repeats its values, and long ones in every field
# are too much of it.
_hostile_texts = st.sampled_from(range(len(_HOSTILE_TEXT))).map(lambda place: _HOSTILE_TEXT[place])
_hostile_bytes = st.sampled_from(range(len(_HOSTILE_BYTES))).map(
    lambda place: _HOSTILE_BYTES[place]
)
texts = st.text(st.characters(), max_size=60) | _hostile_texts | st.text("ab \n", max_size=200)
blobs = (
    st.binary(max_size=200) | _hostile_bytes | st.builds(lambda b: b * 7, st.binary(max_size=40))
)
verdicts = st.sampled_from(Verdict)
seconds = st.floats(0, 1e6)
_commands = st.text(st.characters(exclude_characters="\n"), max_size=60) | st.sampled_from(
    (3000, 300)
).map("x".__mul__)
_failures = of_fields(
    FailureDetail,
    st.sampled_from(Kind),
    texts,
    st.none() | texts | blobs,
    st.none() | texts | blobs,
    st.none() | st.integers(0, 6000),
    st.lists(texts, max_size=3).map(tuple),
    st.none() | texts,
    st.none() | _commands,
    blobs,
    st.none() | _commands,
    st.none() | texts,
    st.none() | st.integers(1, 10**7),
)
_counts = st.just(0) | st.integers(0, 10**9)
_entries = of_fields(
    Entry, st.integers(1, 12), st.sampled_from(Direction), seconds, blobs, texts, _counts
)
_transcripts = st.lists(_entries, max_size=12).map(tuple)
_checks = of_fields(
    CheckReport,
    texts,
    texts,
    texts,
    texts,
    st.sampled_from(Level),
    verdicts,
    st.none() | texts,
    st.integers(0, 99),
    st.integers(0, 99),
    seconds,
    st.none() | _failures,
    _transcripts,
    _counts,
    st.booleans(),
)
_stages = of_fields(
    StageReport,
    st.integers(1, 99),
    texts,
    texts,
    texts,
    verdicts,
    st.none() | texts,
    seconds,
    st.lists(_checks, max_size=3).map(tuple),
    st.integers(0, 99),
)
_words = st.lists(texts, max_size=3).map(tuple)
_environments = of_fields(
    Environment,
    texts,
    texts,
    texts,
    of_fields(Isolation, texts, _words),
    st.integers(),
    st.booleans(),
)
_headers = of_fields(RunHeader, texts, texts, texts, _words, _environments, texts, texts)

reports = of_fields(
    Report, _headers, verdicts, st.none() | texts, seconds, st.lists(_stages, max_size=3).map(tuple)
)
