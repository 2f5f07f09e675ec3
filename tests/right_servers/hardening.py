"""What servers that are in use get wrong in the stages of the hardening track that no application can answer for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HARDENED: Final = ("malformed", "chunked", "partial-reads", "pipelining")

_CLOSES: Final = ("partial-reads/two_in_one_segment", "pipelining/in_order")
"""Of those that close after each answer, and do not pass keep-alive either."""
_READS_AHEAD: Final = "pipelining/answers_what_came_before"  # advice

_NODE: Final = (
    "malformed/other_version",  # advice
    "malformed/other_minor_version",  # advice
    "malformed/whole_url",  # advice
    "malformed/two_hosts",
    "malformed/host_is_none",  # advice
    "chunked/unknown_coding",  # advice
)

_GUNICORN: Final = (
    "malformed/other_minor_version",  # advice
    "malformed/whole_url",  # advice
    "malformed/no_host",
    "malformed/host_is_none",  # advice
    "chunked/says_400",  # advice
)
_WERKZEUG: Final = (
    "malformed/garbage",
    "malformed/two_words",
    "malformed/says_400",  # advice
    "malformed/one_space",  # advice
    "malformed/other_version",  # advice
    "malformed/whole_url",  # advice
    "malformed/no_host",
    "malformed/two_hosts",
    "malformed/blank_before_colon",
    "malformed/controls_in_a_value",
    "malformed/bare_cr",
    "malformed/host_is_none",  # advice
    "malformed/two_lengths",
    "malformed/length_in_digits",
    "malformed/empty_length",  # advice
    "chunked/extensions",
    "chunked/trailers",
    "chunked/not_only_digits",
    "chunked/bare_line_feed",  # advice
    "chunked/answers_400",  # advice
    "chunked/chunked_is_not_last",
    "chunked/unknown_coding",  # advice
    "chunked/none_for_http_1_0",
)
WRONG: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "framework-uvicorn-h11": (
            "malformed/says_400",  # advice
            "malformed/other_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/host_is_none",  # advice
            "malformed/closes_after_both",
        ),
        "framework-uvicorn-httptools": (
            "malformed/other_version",  # advice
            "malformed/other_minor_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "chunked/trailers_are_no_headers",
            "chunked/unknown_coding",  # advice
            "chunked/none_for_http_1_0",
            _READS_AHEAD,
        ),
        "framework-hypercorn": (
            "malformed/says_400",  # advice
            "malformed/other_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/host_is_none",  # advice
            "malformed/closes_after_both",
            "chunked/says_400",  # advice
        ),
        "framework-daphne": (
            "malformed/says_400",  # advice
            "malformed/other_minor_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "chunked/chunked_is_not_last",
        ),
        "framework-granian-asgi": (
            "malformed/other_minor_version",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "chunked/answers_400",  # advice
            "chunked/unknown_coding",  # advice
        ),
        "framework-granian-wsgi": (
            "malformed/other_minor_version",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "chunked/not_only_digits",
            "chunked/size_overflows",
            "chunked/longer_than_its_size",
            "chunked/nothing_is_smuggled",
            "chunked/line_end_behind_a_chunk",  # advice
            "chunked/blank_behind_the_size",  # advice
            "chunked/bare_line_feed",  # advice
            "chunked/answers_400",  # advice
            "chunked/cut_off",  # advice
            "chunked/unknown_coding",  # advice
        ),
        "framework-gunicorn-gthread": _GUNICORN,
        "framework-gunicorn-sync": (*_GUNICORN, *_CLOSES),
        "framework-waitress": (
            "malformed/says_400",  # advice
            "malformed/other_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "malformed/closes_after_both",
            "chunked/bare_line_feed",  # advice
            "chunked/says_400",  # advice
            "chunked/unknown_coding",  # advice
        ),
        "framework-cheroot": (
            "malformed/other_minor_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/blank_before_colon",
            "malformed/folded_line",
            "malformed/controls_in_a_value",
            "malformed/host_is_none",  # advice
            "malformed/two_lengths",
            "malformed/length_in_digits",
            "malformed/decoys",
            "chunked/capitals",  # advice
            "chunked/next_request",
            "chunked/not_only_digits",
            "chunked/bare_line_feed",  # advice
            "chunked/answers_400",  # advice
            "chunked/chunked_is_not_last",
            "chunked/says_400",  # advice
            "chunked/unknown_coding",  # advice
            "chunked/none_for_http_1_0",
        ),
        "framework-twisted": (
            "malformed/says_400",  # advice
            "malformed/other_minor_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/host_is_none",  # advice
            "chunked/chunked_is_not_last",
        ),
        "framework-aiohttp": (
            "malformed/other_version",  # advice
            "malformed/other_minor_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/host_is_none",  # advice
            "chunked/trailers_are_no_headers",
            "chunked/unknown_coding",  # advice
            "chunked/closes_after_1_0",  # advice
            _READS_AHEAD,
        ),
        "framework-tornado": (
            "malformed/says_400",  # advice
            "malformed/whole_url",  # advice
            "chunked/extensions",
            "chunked/trailers",
            "chunked/closes_after_1_0",  # advice
            "chunked/none_for_http_1_0",
            "chunked/capitals",  # advice
        ),
        "framework-werkzeug": (*_WERKZEUG, *_CLOSES),
        "framework-flask": (*_WERKZEUG, *_CLOSES),
        "framework-wsgiref": (
            "malformed/garbage",
            "malformed/two_words",
            "malformed/says_400",  # advice
            "malformed/one_space",  # advice
            "malformed/other_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/blank_before_colon",
            "malformed/folded_line",
            "malformed/controls_in_a_value",
            "malformed/bare_cr",
            "malformed/host_is_none",  # advice
            "malformed/two_lengths",
            "malformed/length_in_digits",
            "malformed/chunks_win",
            "malformed/empty_length",  # advice
            "chunked/ordinary_client",
            *_CLOSES,
        ),
        "framework-http.server": (
            "malformed/garbage",
            "malformed/two_words",
            "malformed/says_400",  # advice
            "malformed/one_space",  # advice
            "malformed/other_version",  # advice
            "malformed/whole_url",  # advice
            "malformed/no_host",
            "malformed/two_hosts",
            "malformed/blank_before_colon",
            "malformed/folded_line",
            "malformed/controls_in_a_value",
            "malformed/bare_cr",
            "malformed/host_is_none",  # advice
            "malformed/two_lengths",
            "malformed/length_in_digits",
            "malformed/chunks_win",
            "malformed/closes_after_both",
            "malformed/empty_length",  # advice
            "chunked/ordinary_client",
        ),
        "framework-node": (*_NODE, _READS_AHEAD),
        "framework-node-closing": (*_NODE, *_CLOSES),
        "framework-go": (
            "malformed/whole_url",  # advice
            "malformed/closes_after_both",
            "malformed/empty_length",  # advice
            "chunked/bare_line_feed",  # advice
            "chunked/says_400",  # advice
        ),
    }
)
"""Each server, and the checks that it fails: the RFC that a check cites decides. Of Go, this is version 1.19."""

ENDINGS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "framework-node": {
            "slow-clients": ("slow-clients/says_408",),  # advice
            "shutdown": (
                "shutdown/sends_all",  # advice
                "shutdown/closes_silent_connections",  # advice
            ),
        },
        "framework-go": {
            "slow-clients": ("slow-clients/says_408",),  # advice
            "shutdown": ("shutdown/closes_silent_connections",),  # advice
        },
        "framework-uvicorn-h11": {"shutdown": ()},
        "framework-uvicorn-httptools": {"shutdown": ()},
        "framework-hypercorn": {"shutdown": ("shutdown/refuses_new_connections",)},  # advice
        "framework-granian-asgi": {"shutdown": ()},
        "framework-granian-wsgi": {"shutdown": ()},
        "framework-gunicorn-gthread": {
            "shutdown": (
                "shutdown/closes_silent_connections",  # advice
                "shutdown/refuses_new_connections",  # advice
            ),
        },
        "framework-gunicorn-sync": {
            "shutdown": (
                "shutdown/closes_silent_connections",  # advice
                "shutdown/refuses_new_connections",  # advice
            ),
        },
        # what comes after the signal it takes in, and does not read
        "framework-aiohttp": {"shutdown": ("shutdown/finishes_on_sigterm",)},
        "framework-daphne": {"shutdown": ("shutdown/finishes_on_sigterm",)},
        "framework-twisted": {"shutdown": ("shutdown/finishes_on_sigterm",)},
    }
)
"""What servers do about clients that are slow, and about signals: the checks that each fails, by stage. The others leave
slow clients to a proxy, or a signal to its default action. Of Node, this is version 20."""

SOMETIMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # its SIGINT is the quick one, as its documentation says
        "framework-gunicorn-sync": ("shutdown/finishes_on_sigint",),
    }
)
"""Of ENDINGS, what is a race in the server itself: these checks fail in some runs, and pass in others."""
