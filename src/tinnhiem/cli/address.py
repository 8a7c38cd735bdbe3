"""Địa chỉ phục vụ: whether a host and port can be opened here, and by which names a browser reaches them.

Contract: nothing is sent anywhere. A port is tried by opening and closing it; granian would share a port with another server in silence.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
import sys

from tinnhiem.cli.errors import HostUnfit, PortTaken, PortUnfit

LAST_PORT = 65535


def check(host: str, port: int) -> None:
    """Thử mở địa chỉ. Raises `PortUnfit`, `HostUnfit`, `PortTaken`."""
    if not 1 <= port <= LAST_PORT:
        raise PortUnfit(found=port)
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise HostUnfit(found=host, reason=error.strerror or str(error)) from None
    with socket.socket(family, kind, protocol) as trial:
        # Elsewhere the option lets a port be opened again right after a close; on Windows it would let two programs share one.
        exclusive = sys.platform == "win32"
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE if exclusive else socket.SO_REUSEADDR, 1)  # type: ignore[attr-defined,unused-ignore]
        try:
            trial.bind(place)
            trial.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortTaken(port=port, other=port % 60000 + 1024 if port < 1024 else port + 1) from None
            raise HostUnfit(found=host, reason=error.strerror or str(error)) from None


def numeric(host: str) -> str:
    """Địa chỉ số của một tên: granian opens numbers only."""
    return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])


def names(host: str) -> list[str]:
    """Các tên mà trình duyệt có thể dùng: the host itself, and for "every address" those of this machine."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return [host]
    if not address.is_unspecified:
        return [f"[{host}]" if address.version == 6 else host]
    own = socket.gethostname()
    found = [own]
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(own, None, family=socket.AF_INET)]
    # Asks the system which of its addresses it would use; a datagram socket that is connected sends nothing.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route, contextlib.suppress(OSError):
        route.connect(("192.0.2.1", 9))
        found.append(str(route.getsockname()[0]))
    return list(dict.fromkeys(found))
