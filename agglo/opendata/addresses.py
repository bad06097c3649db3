"""Where the door may go: declared hosts only, never a private address unless somebody configured it by
name.
"""

import ipaddress
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from django.conf import settings

from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import FinalError, RetryableError


class Addresses:
    """The base address in force for a dataset, and the hosts it may lead to."""

    def __init__(self, declaration: Declaration, base_url: str = "") -> None:
        self.declared = declaration.base_url.rstrip("/")
        host = urlsplit(self.declared).hostname or ""
        moved = settings.OPENDATA_BASE_URLS
        override = base_url or moved.get(declaration.code) or moved.get(host) or ""
        self.base_url = (override or self.declared).rstrip("/")
        # A place somebody configured by hand, port included, may be private: a mirror, a test server.
        self.trusted = {*settings.OPENDATA_ALLOWED_HOSTS}
        if override:
            self.trusted.add(urlsplit(override).netloc)
        self.hosts = {host, urlsplit(self.base_url).hostname, *declaration.hosts}
        self.hosts |= {urlsplit(f"//{name}").hostname for name in self.trusted}

    def absolute(self, path: str) -> str:
        """The whole address; a link to the declared host goes to the mirror when there is one."""
        if "://" in path.partition("?")[0]:
            if path.startswith(f"{self.declared}/") or path == self.declared:
                return self.base_url + path[len(self.declared) :]
            return path
        return f"{self.base_url}/{path.lstrip('/')}" if path else self.base_url

    def check(self, url: str) -> None:
        """Raises FinalError when the door must not go there."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FinalError("Cette adresse n’est pas une adresse web.", url)
        if parts.hostname not in self.hosts:
            raise FinalError(
                f"Le service renvoie vers {parts.hostname}, qui ne fait pas partie des adresses permises"
                " pour ce jeu.",
                url,
            )
        if parts.netloc in self.trusted or parts.hostname in settings.OPENDATA_ALLOWED_HOSTS:
            return
        for address in _resolved(parts.hostname, parts.scheme):
            if not ipaddress.ip_address(address).is_global:
                raise FinalError(
                    f"L’adresse {parts.hostname} mène à un réseau privé : refusé.", f"{url} : {address}"
                )


def _resolved(host: str, scheme: str) -> list[str]:
    """Addresses of a host; none when a proxy does the resolving."""
    try:
        return [str(ipaddress.ip_address(host.strip("[]")))]
    except ValueError:
        pass
    if scheme in getproxies() and not proxy_bypass(host):
        return []
    try:
        return [str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)]
    except OSError as error:
        raise RetryableError(
            f"Le nom {host} est introuvable : le réseau ou le service est en panne.", str(error)
        ) from error
