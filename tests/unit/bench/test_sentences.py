"""What a bench says: only what was seen, only beside the forms, and nothing where rounds differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.bench.compare import Serves, Serving, ratio, serving
from grader.bench.plan import FAST
from grader.bench.result import Measurement, ServerResult, Trouble
from grader.bench.sentences import NOTHING, sentences
from tests.unit.bench.results import COUNTS, all_at_once, bench, cell, one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.bench.result import Cell


def server(cells: Sequence[Cell], route: str = FAST.name) -> ServerResult:
    return ServerResult("yours", {route: cells})


POOL = server([cell(it, served=min(it, 5), waiting=max(it - 5, 0)) for it in COUNTS])
UNSEEN = server(
    [
        replace(it, runs=tuple(replace(run, held=None) for run in it.runs))
        for it in map(cell, COUNTS)
    ]
)


@pytest.mark.parametrize(
    ("one", "seen"),
    [
        (one_at_a_time("yours"), Serving(Serves.ONE, 1)),
        (one_at_a_time("yours", keeps=False), Serving(Serves.ONE, 1)),
        (all_at_once("yours"), Serving(Serves.ALL, 256)),
        (POOL, Serving(Serves.SOME, 5)),
        (UNSEEN, Serving(Serves.UNKNOWN)),
        (ServerResult("yours"), Serving(Serves.UNKNOWN)),
        # eight that come and go may be seen one by one, whoever serves them
        (server([cell(8, accepted=1, served=0)]), Serving(Serves.UNKNOWN)),
        (server([cell(8, accepted=1, waiting=7)]), Serving(Serves.ONE, 1)),
        (server([cell(64, accepted=0, served=0)]), Serving(Serves.UNKNOWN)),
        # with one connection nothing can be seen
        (server([cell(1)]), Serving(Serves.UNKNOWN)),
        # it closes, and others got their turn at another look: no pool has two sizes
        (server([cell(64, waiting=60), cell(256, waiting=100)]), Serving(Serves.UNKNOWN)),
        # a busy machine lets clients of any server wait
        (server([cell(64), cell(256, waiting=30)]), Serving(Serves.ALL, 64)),
    ],
)
def test_how_many_clients_a_server_serves(one: ServerResult, seen: Serving) -> None:
    assert serving(one) == seen


def test_one_at_a_time_is_told_by_those_who_wait() -> None:
    first, *_ = sentences(bench(one_at_a_time("yours")))
    assert first == (
        "Your server answers one client at a time, as the blocking form does: with 256 connections,"
        " 255 clients got no byte while another one was served."
    )


def test_one_at_a_time_that_closes_is_told_by_its_latency() -> None:
    first, *_ = sentences(bench(one_at_a_time("yours", keeps=False)))
    assert first == (
        "Your server answers one client at a time, as the blocking form does: latency grows with"
        " every connection. The median is 256 times as long with 256 as with 1."
    )


def test_a_pool_is_told_with_its_size() -> None:
    first, *_ = sentences(bench(POOL))
    assert first == (
        "Your server answers 5 clients at a time: all others wait, however many there are."
    )


def test_all_at_once_is_told_with_the_forms_that_do_the_same() -> None:
    first, *_ = sentences(bench(all_at_once("yours")))
    assert first == (
        "Your server serves 256 clients at the same time, as the threaded, streams and protocol"
        " forms of the reference."
    )


@pytest.mark.parametrize("yours", [one_at_a_time("yours"), all_at_once("yours"), POOL, UNSEEN])
def test_nothing_is_said_where_the_forms_do_not_differ(yours: ServerResult) -> None:
    """The looks of this run show nothing if the blocking form seems to serve many, or none does."""
    all_alike = all_at_once("blocking")
    assert sentences(bench(yours, all_alike))[0] == NOTHING
    blocking = [one_at_a_time(form) for form in ("threaded", "streams", "protocol")]
    assert sentences(bench(yours, *blocking))[0] == NOTHING


def test_what_was_not_seen_is_not_said() -> None:
    assert sentences(bench(UNSEEN))[0] == NOTHING


def test_ratios_stand_for_every_pair_of_rounds() -> None:
    yours = server([cell(it, (3000.0, 2400.0)) for it in COUNTS])
    said = sentences(bench(yours, all_at_once("streams", 2700.0)))
    assert (
        "On / with 256 connections, your server gives more answers a second than threaded (2.4 to"
        " 3.0 times) and protocol (2.4 to 3.0 times)." in said
    )
    assert "On / with 256 connections, your server cannot be told apart from streams." in said


def test_a_difference_within_the_noise_of_its_column_is_not_said() -> None:
    """All pairs of rounds agree, and yet another server's rounds differ by more than that."""
    restless = server([cell(it, (500.0, 2000.0)) for it in COUNTS])
    said = sentences(bench(all_at_once("yours", 1500.0), replace(restless, name="protocol")))
    assert not any("gives more" in sentence or "gives fewer" in sentence for sentence in said)
    assert any("differ by a factor of up to 4.0" in sentence for sentence in said)


def test_who_serves_one_client_is_compared_where_there_is_one() -> None:
    said = sentences(bench(one_at_a_time("yours", 5000.0)))
    assert any(
        sentence.startswith("On / with 1 connection, your server gives more") for sentence in said
    )
    assert not any("256 connections, your server" in sentence for sentence in said)


def test_growth_is_told_beside_that_of_the_forms() -> None:
    said = sentences(bench(all_at_once("yours")))
    assert (
        "From 1 to 256 connections, the median latency of your server on / grows 256 times"
        " (threaded 256 times, streams 256 times, protocol 256 times)." in said
    )


def test_trouble_comes_first() -> None:
    trouble = Trouble(64, "/", "Your program crashed while 64 clients requested /: IndexError.")
    first, *_ = sentences(bench(replace(all_at_once("yours"), troubles=(trouble,))))
    assert first == (
        "Your server breaks under 64 connections on /: Your program crashed while 64 clients"
        " requested /: IndexError."
    )


def test_a_route_that_is_not_there_is_told() -> None:
    why = "The answer to a single request has status 404, not 200."
    found = sentences(bench(replace(all_at_once("yours"), left_out={"file": why})))
    assert f"Not measured: the 4 MiB file. {why}" in found


def test_nothing_at_all_was_measured() -> None:
    yours = ServerResult("yours", left_out={"/": "No answer.", "file": "No answer."})
    said = sentences(bench(yours))
    assert said[0] == "Not measured: /. No answer."
    assert len(said) == 2


def test_broken_connections_and_error_statuses_are_told() -> None:
    yours = server([cell(it, refused=3, broken=2) for it in COUNTS])
    said = " ".join(sentences(bench(yours)))
    assert "16 connections broke:" in said
    assert "24 answers had an error status: such rounds are not compared." in said
    assert "your server gives" not in said


def test_a_round_without_figures_is_no_figure() -> None:
    failed = Measurement(None, None, "wrk ended without figures")
    mixed = replace(cell(8), runs=(failed, *cell(8).runs[:1]))
    assert mixed.rate == 1000.0
    assert replace(mixed, runs=(failed,)).rate is None
    assert "With 8 connections on /, wrk ended without figures." in sentences(
        bench(server([mixed]))
    )


def test_a_ratio_needs_both() -> None:
    assert ratio([], [1.0]) is None
    assert ratio([1.0], [0.0]) is None


def test_an_answer_that_takes_longer_than_a_measurement_is_told() -> None:
    yours = server([cell(1), cell(8, (0.0, 0.0)), cell(64, (0.0, 0.0)), cell(256, (0.0, 2.0))])
    assert (
        "With 8 and 64 connections, no answer of / was whole within 1 s: use a higher --seconds."
        in sentences(bench(yours))
    )
