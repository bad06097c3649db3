"""What a supervisor asks: is the process alive, and can it serve? JSON, never cached, no cookie."""

import os
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.opendata import signs
from agglo.opendata.watching import watch


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
    age = signs.worker_age()
    if age is None:
        worker = "inconnu"
    else:
        worker = "silencieux" if signs.worker_is_silent() else "ok"
    # A late worker delays refreshes, not pages: it is said, and does not take the site down.
    body = {"pret": all(state == "ok" for state in parts.values()), **parts}
    body |= {"ouvrier": worker, "ouvrier_vu_il_y_a_s": age}
    return JsonResponse(body, status=200 if body["pret"] else 503)


@public
@require_safe
@never_cache
def jobs(request: HttpRequest) -> JsonResponse:
    """200 when everything that should have run has, else 503 with what did not."""
    try:
        found, waiting = watch()
    except DatabaseError:
        return JsonResponse({"travaux": False, "base": "injoignable"}, status=503)
    body = {
        "travaux": not found,
        "ouvrier_vu_il_y_a_s": signs.worker_age(),
        "horloge_vue_il_y_a_s": signs.beat_age(),
        "file": {"en_attente": waiting.length, "depuis": waiting.oldest},
        "alertes": [
            {"nature": one.kind.value, "jeu": one.code, "depuis": one.since, "phrase": one.sentence}
            for one in found
        ],
    }
    return JsonResponse(body, status=503 if found else 200)


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
