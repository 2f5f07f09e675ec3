"""What each load generator prints is read into the same figures.

The outputs of wrk 4.1.0 and h2load 1.52.0 were recorded from runs against the reference, and
against a server that closes each connection without saying so. That of oha is written after its
schema.json.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.bench import h2load, oha, wrk
from grader.bench.figures import Latencies, LoadFigures, UnreadOutput, latencies_of

OUTPUTS = Path(__file__).parent / "outputs"


def printed(name: str) -> str:
    return (OUTPUTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("fast", LoadFigures(1.10, 12348, 0, 0, Latencies(562e-6, 3.29e-3, 14.14e-3))),
        ("404", LoadFigures(1.00, 9055, 9055, 0, Latencies(730e-6, 2.37e-3, 5.95e-3))),
        ("silentclose", LoadFigures(1.10, 27347, 0, 27347, Latencies(105e-6, 3.31e-3, 9.29e-3))),
        ("file", LoadFigures(1.07, 223, 0, 0, Latencies(29.42e-3, 62.61e-3, 158.2e-3))),
        # a unit of one letter has a blank behind it
        ("second", LoadFigures(1.34, 57, 0, 0, Latencies(798.33e-3, 1.19, 1.31))),
    ],
)
def test_wrk(name: str, figures: LoadFigures) -> None:
    found = wrk.read(printed(f"wrk_{name}.txt"))
    assert (found.seconds, found.answers) == (figures.seconds, figures.answers)
    assert (found.refused, found.broken) == (figures.refused, figures.broken)
    assert found.latencies is not None
    assert figures.latencies is not None
    assert found.latencies.p50 == pytest.approx(figures.latencies.p50)
    assert found.latencies.p90 == pytest.approx(figures.latencies.p90)
    assert found.latencies.p99 == pytest.approx(figures.latencies.p99)


def test_wrk_without_an_answer_has_no_latencies() -> None:
    nothing = printed("wrk_fast.txt").replace("12348 requests", "0 requests")
    assert wrk.read(nothing) == LoadFigures(1.10, 0, 0, 0, None)


def test_h2load() -> None:
    found = h2load.read(printed("h2load_file.txt"), printed("h2load_file.log"))
    assert (found.seconds, found.answers, found.refused, found.broken) == (1.07, 11, 0, 0)
    times = [int(line.split("\t")[2]) / 1e6 for line in printed("h2load_file.log").splitlines()]
    assert found.latencies == Latencies(sorted(times)[5], sorted(times)[9], max(times))


def test_h2load_counts_an_error_status_once() -> None:
    found = h2load.read(printed("h2load_404.txt"), printed("h2load_404.log"))
    assert (found.answers, found.refused, found.broken) == (8, 8, 0)


def test_h2load_whose_log_is_cut_off() -> None:
    log = printed("h2load_file.log")
    assert h2load.read(printed("h2load_file.txt"), log[:-3]).answers == 11
    assert h2load.read(printed("h2load_file.txt"), log[: log.rindex("\t")]).answers == 10


def test_oha() -> None:
    found = oha.read(printed("oha_file.json"))
    assert found == LoadFigures(1.0021, 12, 0, 0, Latencies(0.310, 0.398, 0.417))


def test_oha_counts_errors_but_not_the_end() -> None:
    text = printed("oha_file.json").replace('"200": 12', '"200": 10, "503": 2')
    text = text.replace(
        '"aborted due', '"connection closed before message completed": 3, "aborted due'
    )
    found = oha.read(text)
    assert (found.answers, found.refused, found.broken) == (12, 2, 3)


def test_oha_without_an_answer_has_no_latencies() -> None:
    text = printed("oha_file.json").replace('"200": 12', "")
    for number in ("0.310", "0.398", "0.417"):
        text = text.replace(number, "null")
    assert oha.read(text).latencies is None


@pytest.mark.parametrize(
    "text", ["", "unable to connect to 127.0.0.1:4390 Connection refused\n", "{}"]
)
def test_what_is_no_output_is_said_to_be_none(text: str) -> None:
    for read in (wrk.read, oha.read, lambda printed: h2load.read(printed, "")):
        with pytest.raises(UnreadOutput):
            read(text)


def test_h2load_that_was_stopped_has_no_summary() -> None:
    with pytest.raises(UnreadOutput):
        h2load.read(printed("h2load_closing.txt"), "")


def test_percentiles_are_of_the_nearest_rank() -> None:
    assert latencies_of([number / 100 for number in range(1, 101)]) == Latencies(0.5, 0.9, 0.99)
    assert latencies_of([2.0]) == Latencies(2.0, 2.0, 2.0)
    assert latencies_of([]) is None
