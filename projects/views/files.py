"""Files of updates: to staff always, to the public once the update is published; never as a page."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public, roles
from projects.files.keeping import place_of
from projects.models import Attachment

# A file is shown or saved, never run: no script, no form, no other file, even opened alone in a window.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
KEPT = 300  # seconds a browser may keep a public file: one that is withdrawn goes soon


@public
@require_safe
def published(request: HttpRequest, pk: int, small: bool = False) -> FileResponse:
    response = _sent(get_object_or_404(Attachment.objects.published(), pk=pk), small)
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


@roles("staff")
@require_safe
def of_staff(request: HttpRequest, pk: int, small: bool = False) -> FileResponse:
    return _sent(get_object_or_404(Attachment, pk=pk), small)


def _sent(one: Attachment, small: bool) -> FileResponse:
    if small and not one.is_photo:
        raise Http404
    try:
        body = place_of(one.thumb if small else one.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("Ce fichier n’est plus là.") from error
    response = FileResponse(
        body, as_attachment=not one.is_photo, filename=one.name, content_type=one.media_type
    )
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
