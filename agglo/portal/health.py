"""What a supervisor asks: is the process alive, and can it serve? JSON, never cached, no cookie."""

import os
import time
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public

SILENCE = 120  # seconds without a sign of life after which the worker is reported late


@public
@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, so that a broken database does not get it killed."""
    return JsonResponse({"vif": True})


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages and jobs can be served, else 503, with the state of each part."""
    parts = {"base": _state(_database), "file": _state(_broker)}
    age = _worker_age()
    if age is None:
        worker = "inconnu"
    else:
        worker = "ok" if age < SILENCE else "silencieux"
    # A late worker delays refreshes, not pages: it is said, and does not take the site down.
    body = {"pret": all(state == "ok" for state in parts.values()), **parts}
    body |= {"ouvrier": worker, "ouvrier_vu_il_y_a_s": age}
    return JsonResponse(body, status=200 if body["pret"] else 503)


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        return "injoignable"
    except OSError:
        return "injoignable"


def _database() -> str:
    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migration(s) en attente" if waiting else "ok"


def _broker() -> str:
    if settings.CELERY_BROKER_URL.startswith("filesystem://"):
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
        return "ok" if os.access(folder, os.W_OK) else "dossier absent ou protégé"
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=0, timeout=2, errback=None)
    return "ok"


def _worker_age() -> int | None:
    """Seconds since the worker last touched its file, in the folder it shares with the web server."""
    try:
        return max(0, round(time.time() - settings.WORKER_PULSE.stat().st_mtime))
    except OSError:
        return None
