"""Who works on updates, and how one calls them in a comment."""

import re
import unicodedata

from django.contrib.auth import get_user_model

from agglo.accounts.roles import Role


def colleagues():
    """Everybody who may read comments."""
    team = (Role.STAFF, Role.REVIEWER, Role.ADMIN)
    return get_user_model().objects.active().filter(role__in=team).order_by("name", "email")


def handle_of(name: str) -> str:
    """« Élise Le Bœuf » is called « elise.le.boeuf »."""
    bare = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    return ".".join(re.findall(r"[a-z0-9-]+", bare.encode("ascii", "ignore").decode()))
