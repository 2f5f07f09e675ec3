"""A class on a Dask cluster, with a real scheduler and workers: the same rows as on this machine,
whoever dies; and no submission reaches the cluster."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.bad_input.bench import EXAMPLES, PATIENCE_S, ROOT, Running
from tests.cluster.dask_cluster import DaskCluster, dask_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytest.importorskip(
    "distributed", reason="dask.distributed is not installed: pip install -e '.[cluster]'"
)
pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
HOSTILE = ROOT / "tests" / "hostile" / "programs"
RIGHT = EXAMPLES / "finished" / "server.py"
BROKEN = ("raise SystemExit('out of order')\n", "import threading\nthreading.Event().wait()\n")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """One for the tests that kill nobody."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def _class(place: Path, count: int) -> None:
    """Right ones, and of each kind of broken ones some, as folders below `place`."""
    for number in range(count):
        (folder := place / f"s{number:02}").mkdir(parents=True)
        if number % 3:
            shutil.copy(RIGHT, folder / "server.py")
        else:
            (folder / "server.py").write_text(BROKEN[number % 2])


def _command(place: Path, summary: str, *options: str) -> list[str]:
    words = ["--stage", "1-3", "--seed", "5", f"--python={sys.executable}", "--summary", summary]
    names = sorted(str(it.relative_to(place)) for it in (place / "class").iterdir())
    return [sys.executable, "-P", "-m", "grader", *words, *options, *names]


def _graded(
    place: Path, summary: str, *options: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(place, summary, *options), cwd=place, env=_environment(more), text=True,
        capture_output=True, check=False, timeout=4 * PATIENCE_S,
    )  # fmt: skip


def _environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}


def _rows(place: Path, summary: str) -> list[dict[str, str]]:
    with open(place / summary, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _results(place: Path, book: str) -> list[tuple[str, int]]:
    """How many results the book has of each submission."""
    with sqlite3.connect(place / book) as found:
        return found.execute(
            "SELECT name, count(*) FROM result GROUP BY name ORDER BY name"
        ).fetchall()


def test_who_dies_in_mid_class_changes_no_row(tmp_path: Path) -> None:
    """The submissions of the worker that is killed are graded again by the other one; the book
    takes each result once, and the same command again has nothing to do."""
    _class(tmp_path / "class", 9)
    assert _graded(tmp_path, "here.csv").returncode == 1
    with dask_cluster(tmp_path) as cluster:
        scheduler = f"--scheduler={cluster.address}"
        with subprocess.Popen(
            _command(tmp_path, "there.csv", scheduler), cwd=tmp_path, env=_environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        ) as process:  # fmt: skip
            Running(process).until(lambda: cluster.grades(1), "the second worker grades")
            cluster.kill_worker(1)
            out, err = process.communicate(timeout=4 * PATIENCE_S)
        assert process.returncode == 1, out + err
        assert b"is gone. Its gradings begin again" in out
        assert _rows(tmp_path, "there.csv") == _rows(tmp_path, "here.csv")
        assert _results(tmp_path, "there.sqlite") == [(f"s{it:02}", 1) for it in range(9)]
        again = _graded(tmp_path, "there.csv", scheduler)
        assert "9 of 9 were graded before" in " ".join(again.stdout.split())


def test_a_worker_that_comes_later_grades(tmp_path: Path) -> None:
    """Nobody is there when the class begins."""
    _class(tmp_path / "class", 2)
    with dask_cluster(tmp_path, workers=0) as cluster:
        command = _command(tmp_path, "class.csv", f"--scheduler={cluster.address}")
        with subprocess.Popen(
            command, cwd=tmp_path, env=_environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=True,
        ) as process:  # fmt: skip
            grader = psutil.Process(process.pid)
            Running(process).until(
                lambda: any(it.status == "ESTABLISHED" for it in grader.net_connections("tcp")),
                "the class has connected",
            )
            cluster.add_worker()
            out, err = process.communicate(timeout=4 * PATIENCE_S)
        assert process.returncode == 1, out + err
        assert [row["verdict"] for row in _rows(tmp_path, "class.csv")] == ["failed", "passed"]


def test_a_submission_reaches_no_port_of_the_cluster(cluster: DaskCluster, tmp_path: Path) -> None:
    """It is on the machine of the scheduler and the workers, and would reach all of them where it
    shared their network."""
    (folder := tmp_path / "class" / "hostile").mkdir(parents=True)
    for name in (HOSTILE / "attempt.py", HERE / "programs" / "connects_to_the_cluster.py"):
        shutil.copy(name, folder)
    (folder / "connects_to_the_cluster.py").rename(folder / "server.py")
    addresses = ["127.0.0.1", *_own_addresses()]
    targets = {"addresses": addresses, "ports": cluster.ports()}
    assert cluster.port in targets["ports"]
    (folder / "targets.json").write_text(json.dumps(targets))
    run = _graded(tmp_path, "there.csv", f"--scheduler={cluster.address}", "--stage=bind-port")
    assert "Warning: the connection to the cluster is not encrypted" in " ".join(run.stdout.split())
    (contained,) = _rows(tmp_path, "there.csv")
    assert contained["problem"].find("ESCAPED") < 0, contained
    assert contained["stages_passed"] >= "1", contained
    _graded(tmp_path, "here.csv", "--sandbox=off", "--stage=bind-port")
    (shared,) = _rows(tmp_path, "here.csv")
    assert "ESCAPED: connected to 127.0.0.1" in shared["problem"]


def _own_addresses() -> list[str]:
    found = psutil.net_if_addrs().values()
    return [it.address for of_one in found for it in of_one if it.family.name == "AF_INET"]


def test_a_worker_refuses_what_is_another_grader(cluster: DaskCluster, tmp_path: Path) -> None:
    """The class says so before it grades, and has no row for what nobody could judge."""
    _class(tmp_path / "class", 2)
    other = tmp_path / "checkout"
    for name in ("grader", "reference", "stages"):
        shutil.copytree(ROOT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "stages.yaml", other)
    (other / "grader" / "changed.py").write_text("'''One more module.'''\n")
    run = _graded(
        tmp_path, "there.csv", f"--scheduler={cluster.address}", more={"PYTHONPATH": str(other)}
    )
    assert run.returncode == 3, run.stdout
    assert "no worker of the cluster can grade this class: it has grader" in run.stderr
    assert not (tmp_path / "there.csv").exists()


def test_by_certificates(tmp_path: Path) -> None:
    """Who has none is told which to name; who has another authority's does not get in."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: it makes the certificates")
    _class(tmp_path / "class", 2)
    named, strangers = _certificates(tmp_path / "ours"), _certificates(tmp_path / "strangers")
    options = [f"--tls-ca-file={named['ca']}", f"--tls-cert={named['cert']}",
               f"--tls-key={named['key']}"]  # fmt: skip
    with dask_cluster(tmp_path, workers=1, scheme="tls", options=options) as cluster:
        scheduler = f"--scheduler={cluster.address}"
        run = _graded(tmp_path, "none.csv", scheduler)
        assert run.returncode == 2
        assert "needs certificates: set DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in run.stderr
        run = _graded(tmp_path, "other.csv", scheduler, more=_of_dask(strangers))
        assert run.returncode == 3
        assert "cannot connect to the scheduler" in run.stderr
        run = _graded(tmp_path, "class.csv", scheduler, more=_of_dask(named))
        assert run.returncode == 1, run.stdout + run.stderr
        assert "not encrypted" not in run.stdout
    assert [row["verdict"] for row in _rows(tmp_path, "class.csv")] == ["failed", "passed"]


def _certificates(place: Path) -> dict[str, Path]:
    """An authority's certificate, which is that of everybody, too."""
    place.mkdir()
    key, cert = place / "key.pem", place / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=cluster", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"ca": cert, "cert": cert, "key": key}


def _of_dask(named: Mapping[str, Path]) -> dict[str, str]:
    start = "DASK_DISTRIBUTED__COMM__TLS__"
    return {
        f"{start}CA_FILE": str(named["ca"]),
        f"{start}CLIENT__CERT": str(named["cert"]),
        f"{start}CLIENT__KEY": str(named["key"]),
    }
