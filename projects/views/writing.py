"""One page for every form of staff: what is refused is said, what was typed stays, nothing is half kept."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from projects.forms.sentences import MIXED
from projects.publishable import CannotPublish

CHANGED = "Rien n’a été gardé\u00a0: la page a changé entre-temps. Relisez-la, puis recommencez."


def form_page(
    request: HttpRequest,
    form: BaseForm | BaseFormSet,
    *,
    title: str,
    trail: list[tuple[str, str]],
    done: str,
    act: str = "Enregistrer",
    lede: str = "",
    then: str | Callable = "",
    template: str = "projects/staff/form.html",
    keep: Callable | None = None,
    **more,
) -> HttpResponse:
    """Shows the form, or keeps it whole and goes to `then`: an address, or what makes one of the record and
    the form (default: the last step of `trail`). That too is all kept, or nothing is. `keep` is done instead
    of saving the form; it may raise CannotPublish.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                kept = keep() if keep else form.save()
                where = then(kept, form) if callable(then) else then
        except CannotPublish as error:
            _refuse(request, form, str(error))
        except IntegrityError as error:
            _refuse(request, form, MIXED if "never mix" in str(error) else CHANGED)
        else:
            messages.success(request, done)
            return redirect(where or _address(kept) or trail[-1][0])
    context = {"form": form, "title": title, "trail": trail, "act": act, "lede": lede, **more}
    return render(request, template, context)


def _refuse(request: HttpRequest, form: BaseForm | BaseFormSet, why: str) -> None:
    """Rows of forms have no place of their own for what concerns them all."""
    if isinstance(form, BaseFormSet):
        messages.error(request, why)
    else:
        form.add_error(None, why)


def _address(kept) -> str:
    """Only a record with a staff page of its own leads there."""
    address = kept.get_absolute_url() if hasattr(kept, "get_absolute_url") else ""
    return address if address.startswith("/equipe/") else ""
