"""Who is acting, told to the database for the length of one transaction, for its audit triggers to write.

The name travels in a setting local to the transaction (`SET LOCAL`): it dies with it, so that neither a
persistent connection nor a pooled one can hand it to the next person.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import connection, transaction

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@contextmanager
def act_as(user=None, *, actor: str = "") -> Iterator[None]:
    """One transaction whose changes are put down to `user`, or to a named `actor` such as `"refresh:insee"`.

    Nested calls give the former name back when they end; a failure undoes name and changes alike.
    """
    with transaction.atomic():
        former = _name_settings(str(user.pk) if user else "", actor)
        yield
        _name_settings(*former)


def _name_settings(user_id: str, actor: str) -> tuple[str, str]:
    """Sets both names for the rest of the transaction and returns what they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH former AS MATERIALIZED (SELECT"
            " coalesce(current_setting('agglo.user_id', true), '') AS who,"
            " coalesce(current_setting('agglo.actor', true), '') AS actor) "
            "SELECT who, actor, set_config('agglo.user_id', %s, true), set_config('agglo.actor', %s, true) "
            "FROM former",
            [user_id, actor],
        )
        who, former_actor, *_ = cursor.fetchone()
    return who, former_actor


class AttributeWrites:
    """Runs what a signed-in person sends (all but reading requests) in one transaction under their name.

    Last in `MIDDLEWARE`: it calls the view itself, so that an error raised there undoes everything.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.method in SAFE or not request.user.is_authenticated:
            return None

        @wraps(view_func)
        def attributed(*args, **kwargs):
            with act_as(request.user):
                return view_func(*args, **kwargs)

        return attributed(request, *view_args, **view_kwargs)
