"""Nơi chạy việc nặng: processes of this machine, or a Dask cluster by its address, behind one `concurrent.futures.Executor`.

Contract: who has work to spread takes an executor as an argument and never asks which it is. One job runs in the calling process; several run in
processes started afresh (`spawn`), the same on Windows and Linux, which end when this one ends, however that happened. A cluster is spoken to over TLS with certificates or not at all, its workers have to run
this very version and may keep nothing on disk. `in_order` gives results in the order of the work, a few pieces ahead at most; who stops asking cancels the rest.

    ExecutorFault
    ├── WorkerDied                  a process that ended by itself
    └── ClusterRefused
        ├── ClusterAddressUnfit     an address that is not tls://…
        ├── ClusterAbsent           the part that speaks to a cluster is not installed
        ├── ClusterUncertified      no certificates to speak TLS with
        ├── ClusterUnreachable      nobody answers, or not with the right certificate
        ├── ClusterWithoutWorkers   nobody there to do the work
        ├── ClusterOtherVersion     workers that run another version of the program
        └── ClusterKeepsFiles       workers that may write what they hold to disk
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

from tinnhiem.errors import TinnhiemError

P = ParamSpec("P")
T = TypeVar("T")
W = TypeVar("W")

PATIENCE = "10s"
"""How long a cluster may take to answer."""


class ExecutorFault(TinnhiemError):
    """Chưa chia được việc: the parent of what follows."""

    code = "executor_fault"
    vi = "Chưa chia được việc cho các tiến trình. Chạy lại với --jobs 1."
    en = "The work cannot be spread over processes. Run again with --jobs 1."


class ClusterRefused(ExecutorFault):
    """Cụm máy chưa dùng được: the parent of what follows."""

    code = "cluster_refused"
    vi = "Cụm máy chưa dùng được. Bỏ --cluster để đọc trên máy này."
    en = "The cluster cannot be used. Leave --cluster out to read on this machine."


class ClusterAddressUnfit(ClusterRefused):
    """Địa chỉ không mã hóa đường truyền. Values: `found`."""

    code = "cluster_address_unfit"
    vi = "Địa chỉ “{found}” không dùng được: ảnh phiếu chỉ được gửi qua đường truyền có mã hóa và chứng thư. Ghi địa chỉ dạng tls://máy:8786."
    en = "The address “{found}” cannot be used: images of ballots travel encrypted and with certificates only. Write it as tls://host:8786."


class ClusterAbsent(ClusterRefused):
    """Chưa cài phần nối cụm máy."""

    code = "cluster_absent"
    vi = "Máy này chưa cài phần nối với cụm máy. Cài thêm tinnhiem[cluster], hoặc bỏ --cluster để đọc trên máy này."
    en = "The part that speaks to a cluster is not installed. Install tinnhiem[cluster], or leave --cluster out to read here."


class ClusterUncertified(ClusterRefused):
    """Thiếu chứng thư. Values: `missing` (names of Dask's own settings)."""

    code = "cluster_uncertified"
    vi = "Thiếu chứng thư để nối với cụm máy: đặt {missing}."
    en = "Certificates are missing to speak to the cluster: set {missing}."


class ClusterUnreachable(ClusterRefused):
    """Không nối được với cụm máy. Values: `reason`."""

    code = "cluster_unreachable"
    vi = "Không nối được với cụm máy ({reason}). Kiểm tra địa chỉ, chứng thư và dây mạng; hoặc bỏ --cluster để đọc trên máy này."
    en = "The cluster does not answer ({reason}). Check address, certificates and cable; or leave --cluster out to read here."


class ClusterWithoutWorkers(ClusterRefused):
    """Cụm máy chưa có máy làm việc."""

    code = "cluster_without_workers"
    vi = "Cụm máy chưa có máy nào nhận việc. Mở máy làm việc rồi chạy lại, hoặc bỏ --cluster để đọc trên máy này."
    en = "The cluster has no workers. Start them and run again, or leave --cluster out to read here."


class ClusterOtherVersion(ClusterRefused):
    """Máy trong cụm chạy phiên bản khác. Values: `found`, `expected`."""

    code = "cluster_other_version"
    vi = "Có máy trong cụm chạy phiên bản {found}, máy này chạy {expected}. Cài cùng một phiên bản trên mọi máy."
    en = "A machine of the cluster runs version {found}, this one {expected}. Install the same version everywhere."


class ClusterKeepsFiles(ClusterRefused):
    """Máy trong cụm có thể ghi ảnh phiếu ra đĩa."""

    code = "cluster_keeps_files"
    vi = "Có máy trong cụm được phép ghi dữ liệu tạm ra đĩa. Mở lại máy làm việc với distributed.worker.memory.target và spill đặt là false."
    en = "A machine of the cluster may write what it holds to disk. Start its worker with distributed.worker.memory.target and spill set to false."


class WorkerDied(ExecutorFault):
    """Tiến trình dừng ngoài ý muốn: a process that ended by itself, mostly for lack of memory."""

    code = "worker_died"
    vi = "Một tiến trình đọc phiếu dừng ngoài ý muốn, thường do máy hết bộ nhớ. Đóng bớt chương trình khác rồi đọc lại với --jobs 1."
    en = "A process that reads ballots ended by itself, mostly for lack of memory. Close other programs and read again with --jobs 1."


class Here(Executor):
    """Làm ngay trong tiến trình này: a piece of work is done when it is handed in."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The work, done; what it raised is kept for whoever asks for the result."""
        future: Future[T] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as raised:  # noqa: BLE001 - raised again where the result is asked for
            future.set_exception(raised)
        return future


def cores() -> int:
    """Số nhân máy mà chương trình này được dùng."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def executor(jobs: int = 1, cluster: str = "") -> Iterator[Executor]:
    """Nơi chạy việc: `cluster` where an address is given, else `jobs` processes, else this one.

    What is still waiting is cancelled on the way out. Raises the classes below `ClusterRefused`.
    """
    if cluster:
        with _cluster(cluster) as pool:
            yield pool
    elif jobs <= 1:
        yield Here()
    else:
        processes = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_follow_the_parent)
        try:
            yield processes
        finally:
            processes.shutdown(wait=True, cancel_futures=True)


def in_order(pool: Executor, work: Callable[[W], T], pieces: Iterable[W], *, ahead: int) -> Iterator[T]:
    """Kết quả theo đúng thứ tự việc: at most `ahead` pieces are handed in beyond the one awaited, so that memory stays bounded.

    Closing the iterator cancels what has not begun. Raises `WorkerDied`, and whatever `work` raises.
    """
    waiting: deque[Future[T]] = deque()
    todo = iter(pieces)
    try:
        while True:
            while len(waiting) <= ahead:
                for piece in todo:
                    waiting.append(pool.submit(work, piece))
                    break
                else:
                    break
            if not waiting:
                return
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise WorkerDied from None
    finally:
        for future in waiting:
            future.cancel()


def _follow_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; only the parent answers it, and then ends the others. However the parent ended, they end with it: they hold pages in memory."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True, name="end-with-parent").start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)


CERTIFICATES = {
    "distributed.comm.tls.ca-file": "DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
    "distributed.comm.tls.client.cert": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT",
    "distributed.comm.tls.client.key": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY",
}
"""Dask's own settings → the variables that set them."""


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    if not address.startswith("tls://"):
        raise ClusterAddressUnfit(found=address)
    try:
        import dask
        from distributed import Client, Security
    except ImportError:
        raise ClusterAbsent from None
    missing = [variable for key, variable in CERTIFICATES.items() if not dask.config.get(key, None)]
    if missing:
        raise ClusterUncertified(missing=", ".join(missing))
    try:
        client = Client(address, security=Security(require_encryption=True), timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterUnreachable(reason=str(error).split("\n")[0][:120] or type(error).__name__) from None
    try:
        _check_workers(client.run(what_a_worker_is))
        yield client.get_executor(pure=False, retries=0)
    finally:
        client.close()


def what_a_worker_is() -> tuple[str, bool]:
    """Phiên bản của máy trong cụm, and whether it may write what it holds to disk; asked of every worker."""
    import dask

    from tinnhiem import __version__

    limits = [dask.config.get(f"distributed.worker.memory.{key}", None) for key in ("target", "spill")]
    return __version__, any(limits)


def _check_workers(workers: dict[str, Any]) -> None:
    from tinnhiem import __version__

    if not workers:
        raise ClusterWithoutWorkers
    for version, keeps_files in workers.values():
        if version != __version__:
            raise ClusterOtherVersion(found=version, expected=__version__)
        if keeps_files:
            raise ClusterKeepsFiles
