"""Work spread over processes of this machine, or over a Dask cluster spoken to with certificates only."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.cli.ballot_round import one_type
from tests.cli.running import call
from tests.paper.scans import as_file, sheet
from tinnhiem import executors
from tinnhiem.cli.ballot_input import laid_out
from tinnhiem.errors import TinnhiemError
from tinnhiem.executors import Here, cores, executor, in_order

HERE = os.getpid()


def process_of(_: int) -> int:
    return os.getpid()


def doubled(number: int) -> int:
    return 2 * number


def ended(_: int) -> None:
    os._exit(1)


def third_is_wrong(number: int) -> int:
    if number == 3:
        raise ValueError(number)
    return number


class Counting(Here):
    """Counts what was handed in."""

    handed = 0

    def submit(self, work, /, *args, **kwargs):
        self.handed += 1
        return super().submit(work, *args, **kwargs)


class Never(Here):
    """Takes work and does none of it."""

    def __init__(self):
        self.waiting = []

    def submit(self, *_, **__):
        self.waiting.append(Future())
        return self.waiting[-1]


def test_one_job_is_done_in_this_process() -> None:
    with executor(1) as pool:
        assert list(in_order(pool, process_of, range(2), ahead=0)) == [HERE, HERE]


def test_several_jobs_are_done_in_other_processes() -> None:
    with executor(2) as pool:
        assert HERE not in list(in_order(pool, process_of, range(4), ahead=4))


def test_results_come_in_the_order_of_the_work() -> None:
    with executor(2) as pool:
        assert list(in_order(pool, doubled, range(20), ahead=4)) == list(range(0, 40, 2))


def test_no_more_is_handed_in_than_is_asked_for() -> None:
    pool = Counting()
    next(in_order(pool, doubled, range(100), ahead=3))
    assert pool.handed == 4


def test_nothing_is_done_ahead_where_nothing_may_be() -> None:
    pool = Counting()
    next(in_order(pool, doubled, range(100), ahead=0))
    assert pool.handed == 1


def test_who_stops_asking_cancels_what_waits() -> None:
    pool = Never()
    waiting = in_order(pool, doubled, range(100), ahead=3)
    threading.Timer(0.05, lambda: pool.waiting[0].set_result(0)).start()
    next(waiting)
    waiting.close()
    assert [future.cancelled() for future in pool.waiting] == [False, True, True, True]


def test_no_work_gives_no_result() -> None:
    assert list(in_order(Here(), doubled, [], ahead=2)) == []


def test_a_mistake_in_the_work_is_raised_in_its_turn() -> None:
    done = in_order(Here(), third_is_wrong, range(5), ahead=4)
    assert [next(done), next(done), next(done)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(done)


def test_a_process_that_dies_is_told_as_that() -> None:
    with executor(2) as pool, pytest.raises(executors.WorkerDied):
        list(in_order(pool, ended, range(3), ahead=3))


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "127.0.0.1:8786", "ws://hall:8786", "tls:/hall:1"])
def test_a_cluster_is_never_spoken_to_in_the_clear(address: str) -> None:
    with pytest.raises(executors.ClusterAddressUnfit), executor(1, address):
        pass


def test_who_has_no_certificates_is_told_which_settings_are_missing() -> None:
    with pytest.raises(executors.ClusterUncertified) as refused, executor(1, "tls://127.0.0.1:8786"):
        pass
    assert refused.value.values["missing"] == ", ".join(executors.CERTIFICATES.values())


def test_who_has_not_installed_the_part_for_clusters_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(executors.ClusterAbsent), executor(1, "tls://127.0.0.1:8786"):
        pass


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate and its key, made as an office would."""
    folder = tmp_path_factory.mktemp("certificates")
    cert, key = folder / "cluster.pem", folder / "cluster.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=cluster",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.fixture
def trusted(certificates: tuple[Path, Path]) -> Iterator[None]:
    """This process holds the certificate."""
    import dask

    cert, key = map(str, certificates)
    settings = {"distributed.comm.tls.ca-file": cert}
    for role in ("client", "scheduler", "worker"):
        settings |= {f"distributed.comm.tls.{role}.cert": cert, f"distributed.comm.tls.{role}.key": key}
    with dask.config.set(settings):
        yield


def cluster_of_this_machine(*, workers: int, spill: float | bool) -> Iterator[str]:
    import dask
    from distributed import LocalCluster, Security

    memory = {"distributed.worker.memory.target": spill, "distributed.worker.memory.spill": spill}
    with (
        dask.config.set(memory),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=False,
            dashboard_address=None,
            protocol="tls",
            host="tls://127.0.0.1",
            security=Security(require_encryption=True),
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def cluster(trusted: None) -> Iterator[str]:
    yield from cluster_of_this_machine(workers=2, spill=False)


@pytest.fixture
def spilling_cluster(trusted: None) -> Iterator[str]:
    yield from cluster_of_this_machine(workers=1, spill=0.6)


@pytest.fixture
def empty_cluster(trusted: None) -> Iterator[str]:
    yield from cluster_of_this_machine(workers=0, spill=False)


def test_a_cluster_does_the_work_in_order(cluster: str) -> None:
    with executor(1, cluster) as pool:
        assert list(in_order(pool, doubled, range(10), ahead=4)) == list(range(0, 20, 2))


def test_a_cluster_reads_ballots_as_this_machine_does(cluster: str, tmp_path: Path) -> None:
    round_path = one_type(tmp_path, "rehearsal = true")
    layout = laid_out(round_path).layout
    for name, marks in (("a.pdf", {1: ["high"], 2: ["low"]}), ("b.pdf", {1: ["medium"], 2: ["high"]})):
        (tmp_path / name).write_bytes(as_file(sheet(layout, None, marks), "PDF"))
    scans = tmp_path / "a.pdf", tmp_path / "b.pdf"
    here, there = (
        call("read", round_path, *scans, "--json", *more).document["pages"] for more in ([], ["--cluster", cluster])
    )
    assert ([row["choice"] for row in there[1]["rows"]], there) == (["medium", "high"], here)


def refusal_of(address: str) -> TinnhiemError:
    with pytest.raises(executors.ClusterRefused) as refused, executor(1, address):
        pass
    return refused.value


def test_workers_that_may_write_to_disk_are_refused(spilling_cluster: str) -> None:
    assert refusal_of(spilling_cluster) == executors.ClusterKeepsFiles()


def test_a_cluster_without_workers_is_refused(empty_cluster: str) -> None:
    assert refusal_of(empty_cluster) == executors.ClusterWithoutWorkers()


def test_workers_of_another_version_are_refused(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "what_a_worker_is", lambda: ("0.0.1", False))
    assert refusal_of(cluster).code == "cluster_other_version"


def test_nobody_at_the_address_is_told_so(trusted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "PATIENCE", "1s")
    assert refusal_of("tls://127.0.0.1:1").code == "cluster_unreachable"


PARENT = """
import os, time
from tinnhiem import executors

if __name__ == "__main__":
    with executors.executor(2) as pool:
        for one in [pool.submit(time.sleep, 0.2) for _ in range(2)]:
            one.result()
        print(*pool._processes, flush=True)
        time.sleep(600)
"""


def test_the_processes_end_with_the_program_however_that_ended(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    running = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, encoding="utf-8")
    assert running.stdout is not None
    workers = [int(one) for one in running.stdout.readline().split()]
    running.kill()
    running.wait()
    for _ in range(300):
        if not any(alive(one) for one in workers):
            break
        time.sleep(0.1)
    assert (len(workers), [one for one in workers if alive(one)]) == (2, [])


def alive(number: int) -> bool:
    """Whether a process of that number runs; one that ended and waits to be buried does not."""
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
