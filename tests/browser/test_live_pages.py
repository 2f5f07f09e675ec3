"""What a page does in Chromium with EventSource and WebSocket: the right servers of the web-app
track serve it, and what reaches the page is what the checks of the track say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.bad_input.bench import free_port
from tests.browser.serving import SERVERS, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS: Final = [
    "one line", "two\nlines", "an empty\n\nline", "first\ndata: second\nevent: other\n: third",
    "Grüße, 世界 🙂", "  blanks stay", "every\r\nkind\rof\nline end", "", "long " * 6000,
]  # fmt: skip
LENGTHS: Final = [0, 1, 125, 126, 65_535, 65_536, 1_000_000]
EVENTS: Final = """<!doctype html><meta charset="utf-8"><title>Events</title><script>
const texts = {texts}
const got = []
const source = new EventSource("/events")
const post = () => fetch("/events", {{method: "POST", body: texts[got.length]}})
const tell = said =>
    fetch("{reports}", {{method: "POST", mode: "no-cors", body: JSON.stringify(said)}})
source.onopen = post
source.onerror = () => tell("the stream broke after " + JSON.stringify(got))
source.onmessage = event => {{
    got.push(event.data)
    if (got.length < texts.length) post()
    else {{ source.close(); tell(got) }}
}}
</script>"""
ECHOES: Final = """<!doctype html><meta charset="utf-8"><title>Echoes</title><script>
const lengths = {lengths}
const sent = lengths.map(n => "ü".repeat(n % 2) + "x".repeat(n - n % 2))
    .concat(lengths.map(n => new Uint8Array(n).map((_, at) => at % 251)))
const same = []
const socket = new WebSocket("ws://" + location.host + "/ws")
const tell = said =>
    fetch("{reports}", {{method: "POST", mode: "no-cors", body: JSON.stringify(said)}})
const equal = (one, other) => typeof one === "string" ? one === other
    : other instanceof ArrayBuffer && other.byteLength === one.length
        && new Uint8Array(other).every((byte, at) => byte === one[at])
socket.binaryType = "arraybuffer"
socket.onopen = () => sent.forEach(message => socket.send(message))
socket.onmessage = event => {{
    same.push(equal(sent[same.length], event.data))
    if (same.length === sent.length) socket.close(3999, "enough")
}}
socket.onclose = event => tell([same, event.wasClean, event.code, event.reason, socket.extensions])
</script>"""
CHROMIUM: Final = os.environ.get("CHROMIUM") or shutil.which("chromium")
needs_both = pytest.mark.skipif(
    CHROMIUM is None or shutil.which("curl") is None, reason="there is no Chromium, or no curl"
)


@contextmanager
def reports() -> Iterator[tuple[str, Queue[Any]]]:
    """Where pages tell what they saw, and what they told."""
    told: Queue[Any] = Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("localhost", 0), Listener) as listener:
        Thread(target=listener.serve_forever).start()
        try:
            yield f"http://localhost:{listener.server_address[1]}/", told
        finally:
            listener.shutdown()


def told_by(page: str, server: str, place: Path, **values: object) -> Any:  # noqa: ANN401  (JSON)
    """What the page tells when Chromium has opened it from this server."""
    site, port = place / "site", free_port()
    site.mkdir()
    with reports() as (address, told), serving(server, site, port):
        (site / "live.html").write_text(page.format(reports=address, **values), encoding="utf-8")
        command = [
            CHROMIUM or "chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", f"--user-data-dir={place / 'profile'}",
            f"http://localhost:{port}/live.html",
        ]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as browser:
            try:
                return told.get(timeout=60)
            finally:
                browser.terminate()


@needs_both
@pytest.mark.parametrize("server", SERVERS)
def test_a_page_gets_each_event(server: str, tmp_path: Path) -> None:
    found = told_by(EVENTS, server, tmp_path, texts=json.dumps(TEXTS))
    assert found == [text.replace("\r\n", "\n").replace("\r", "\n") for text in TEXTS]


@needs_both
@pytest.mark.parametrize("server", SERVERS)
def test_a_page_gets_its_messages_back(server: str, tmp_path: Path) -> None:
    same, clean, code, reason, extensions = told_by(
        ECHOES, server, tmp_path, lengths=json.dumps(LENGTHS)
    )
    assert same == [True] * 2 * len(LENGTHS)
    assert (clean, code, extensions) == (True, 3999, "")
    assert reason in ("enough", "")
