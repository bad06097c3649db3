"""The gates in front of views: everything is closed unless `@public` or `@roles(…)` opens it.

A mark only says who may enter; `ClosedUnlessOpened` is the one place that asks. Marks survive other
decorators and `as_view()`; for a class, use `@method_decorator(public, name="dispatch")`.
"""

from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.urls import URLPattern, URLResolver
from django.utils.cache import patch_cache_control

from .roles import Role

UNDECLARED = "Cette page n’a pas encore été ouverte\u00a0: elle ne dit pas à qui elle s’adresse."


def public(view: Callable) -> Callable:
    """Open to everybody. Such a page reads neither the session nor `request.user`, so it can be cached."""
    if getattr(view, "held_by", None):
        raise ImproperlyConfigured(f"{view} is opened both to the public and to roles")
    view.login_required = False
    return view


def roles(*held: str) -> Callable[[Callable], Callable]:
    """Open to signed-in people who hold one of these roles (see `roles.HOLDS`): `@roles("staff")`."""
    unknown = set(held) - set(Role.values)
    if unknown or not held:
        raise ImproperlyConfigured(f"unknown roles: {sorted(unknown)}" if unknown else "no role given")

    def mark(view: Callable) -> Callable:
        if getattr(view, "login_required", True) is False:
            raise ImproperlyConfigured(f"{view} is opened both to the public and to roles")
        view.held_by = frozenset(held)
        return view

    return mark


# Any signed-in person, whatever the role.
signed_in = roles(*Role.values)


def behind(gate: Callable, patterns: Iterable[URLPattern | URLResolver]) -> list:
    """Puts one gate in front of every view of a ready-made URL list, such as Django's administration."""
    patterns = list(patterns)
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            behind(gate, pattern.url_patterns)
        else:
            pattern.callback = gate(_unmarked(pattern.callback))
    return patterns


def _unmarked(view: Callable) -> Callable:
    """The same view in a function of its own, without the opening Django's admin login comes with."""

    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, **kwargs)

    inner.__dict__.pop("login_required", None)
    return inner


class ClosedUnlessOpened(LoginRequiredMiddleware):
    """Asks, before each view: is it open, who is there, may they enter, have they shown their second factor.

    An open view is let through before anything touches the session: reading it would add `Vary: Cookie`.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if getattr(view_func, "login_required", True) is False:
            return None
        request.behind_a_gate = True
        if not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        held_by = getattr(view_func, "held_by", None)
        if held_by is None:
            raise PermissionDenied(UNDECLARED)
        if not request.user.holds(*held_by):
            raise PermissionDenied(refusal(held_by))
        if request.user.needs_second_factor and not request.user.is_verified():
            return redirect_to_login(request.get_full_path(), "accounts:second_factor")
        return None

    def get_login_url(self, view_func) -> str:
        """The one door: Django's administration would name its own."""
        return "accounts:login"

    def process_response(self, request, response):
        if getattr(request, "behind_a_gate", False):
            patch_cache_control(response, private=True, no_store=True)
        return response


def refusal(held_by: Iterable[str]) -> str:
    """The sentence shown to a signed-in person who may not enter."""
    names = " ou ".join(f"«\u202f{role.label}\u202f»" for role in Role if role in held_by)
    return f"Cette page est ouverte au rôle {names}. Votre compte ne l’a pas."
