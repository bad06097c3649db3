"""The connection itself: straight to the address that was checked, or through the proxy of the environment.

A name is resolved once, here, and the socket opens towards what was checked: a name that answers something
else a moment later (DNS rebinding) leads nowhere. Through a proxy the proxy resolves; what can be known
from the address alone is still refused.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from functools import cache
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from agglo.opendata.errors import FinalError, RetryableError

LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")


def resolve(host: str) -> list[str]:
    """The addresses of a name, as the system gives them."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise RetryableError(
            f"Le nom {host} est introuvable\u00a0: le réseau ou le service est en panne.", str(error)
        ) from error
    return list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))


def is_public(address: str) -> bool:
    """Whether an address lies on the open internet; addresses hidden inside IPv6 ones are looked at too."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            hidden = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return ip.is_global and not ip.is_multicast


def is_local_name(host: str) -> bool:
    """Whether a name can only mean something inside: seen without resolving it."""
    host = host.strip("[]").rstrip(".").casefold()
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith(LOCAL_ENDINGS)


def refusal(host: str, detail: str = "") -> FinalError:
    return FinalError(f"L’adresse {host} mène à un réseau privé\u00a0: refusé.", detail)


def proxy_of(scheme: str, host: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY give for a host."""
    found = getproxies()
    proxy = found.get(scheme) or found.get("all")
    return None if not proxy or proxy_bypass(host) else proxy


class CheckedBackend(httpcore.SyncBackend):
    """Resolves, refuses private addresses unless `trusted(host, port)`, connects to what was checked."""

    def __init__(
        self, trusted: Callable[[str, int], bool], resolve: Callable[[str], Iterable[str]] = resolve
    ) -> None:
        super().__init__()
        self.trusted, self.resolve = trusted, resolve

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        addresses = list(self.resolve(host))
        if not self.trusted(host, port):
            for address in addresses:
                if not is_public(address):
                    raise refusal(host, f"{host}\u00a0: {address}")
        last: Exception | None = None
        for address in addresses:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"{host}\u00a0: aucune adresse")


@cache
def _context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Direct(httpx.HTTPTransport):
    def __init__(self, backend: CheckedBackend) -> None:
        super().__init__(verify=_context())
        # httpx has no option for it: the pool is the same, but for the backend that opens its sockets.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_context(), max_connections=10, keepalive_expiry=5.0, network_backend=backend
        )


class Connecting(httpx.BaseTransport):
    """Each request straight or through the proxy, as the environment says for its host."""

    def __init__(self, backend: CheckedBackend) -> None:
        self.direct = _Direct(backend)
        self.proxied: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        proxy = proxy_of(request.url.scheme, request.url.host)
        if proxy is None:
            return self.direct.handle_request(request)
        if proxy not in self.proxied:
            try:
                self.proxied[proxy] = httpx.HTTPTransport(verify=_context(), proxy=proxy)
            except (ValueError, ImportError) as error:
                raise FinalError(
                    "Le serveur mandataire (HTTPS_PROXY) n’est pas utilisable\u00a0: donnez une adresse http://.",
                    str(error),
                ) from error
        return self.proxied[proxy].handle_request(request)

    def close(self) -> None:
        for transport in (self.direct, *self.proxied.values()):
            transport.close()
