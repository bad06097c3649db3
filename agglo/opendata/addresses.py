"""Where the door may go: declared hosts only, never a private address unless somebody configured it by
name. The addresses a name resolves to are checked when the connection opens (`connecting`).
"""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from agglo.opendata.connecting import is_local_name, proxy_of, refusal
from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import FinalError


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
        proxied = proxy_of(parts.scheme, parts.hostname)
        # A proxy resolves the name itself: what the name says is all there is to judge.
        if proxied and is_local_name(parts.hostname) and not self.is_trusted(parts.hostname, _port(parts)):
            raise refusal(parts.hostname, url)

    def is_trusted(self, host: str, port: int) -> bool:
        """Whether somebody configured this place by hand, so that it may be private."""
        return host in settings.OPENDATA_ALLOWED_HOSTS or any(
            (place.hostname, place.port or port) == (host, port)
            for place in (urlsplit(f"//{name}") for name in self.trusted)
        )


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
