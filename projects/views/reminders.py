"""What a person follows, and how often they want to hear of it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agglo.accounts.gates import roles
from projects.models import Following, Taste
from projects.updates.following import follow, unfollow
from projects.updates.reminders import due, taste_of
from projects.views.updates import KINDS

to_tune = roles("staff")


class TasteForm(forms.ModelForm):
    class Meta:
        model = Taste
        fields = ("rhythm", "weekday", "days")


class FollowingForm(forms.ModelForm):
    class Meta:
        model = Following
        fields = ("days", "muted")


@to_tune
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """One form: the person’s own rhythm, and a line for each thing they follow."""
    data, person = request.POST or None, request.user
    taste = TasteForm(data, instance=taste_of(person))
    followed = Following.objects.filter(person=person).select_related("project", "site")
    lines = [FollowingForm(data, instance=one, prefix=f"f{one.pk}") for one in followed]
    if data and all([taste.is_valid(), *(line.is_valid() for line in lines)]):
        taste.save()
        for line in lines:
            line.save()
        messages.success(request, "Réglages gardés.")
        return redirect("projects:reminders")
    shown = {"taste": taste, "lines": lines, "due": due(person, timezone.localdate())}
    return render(request, "projects/updates/reminders.html", shown)


@to_tune
@require_POST
def follow_one(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Follows it, or stops."""
    target = get_object_or_404(KINDS[kind], slug=slug)
    if request.POST.get("act") == "stop":
        unfollow(target, request.user)
        messages.success(request, f"Vous ne suivez plus «\u202f{target}\u202f».")
    else:
        follow(target, request.user)
        messages.success(request, f"Vous suivez «\u202f{target}\u202f».")
    return redirect("projects:reminders")
