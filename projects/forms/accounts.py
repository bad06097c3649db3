"""What staff type of an operation’s account, and of what became of a nursery’s tenants."""

from django import forms
from django.utils import timezone

from projects.forms.record import RecordForm
from projects.leases import two_years_after
from projects.models import Departure, Occupancy, OperationLine


class OperationLineForm(RecordForm):
    class Meta:
        model = OperationLine
        fields = ("nature", "label", "amount", "on", "source", "wording")


class DepartureForm(RecordForm):
    """Activity here is told from two years after the end of the lease on: sooner says nothing yet."""

    class Meta:
        model = Departure
        fields = ("outcome", "checked_on", "source", "wording")

    def __init__(self, data=None, *, occupancy: Occupancy):
        held = Departure.objects.filter(occupancy=occupancy).first()
        start = {} if held else {"checked_on": timezone.localdate()}
        super().__init__(data, instance=held or Departure(occupancy=occupancy, origin=occupancy.origin))
        self.initial |= start if held else start | {"source": "Services de l’agglomération"}
        self.end = occupancy.end

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: notez le jour où vous avez vérifié.")
        return day

    def clean(self):
        said = super().clean()
        day, due = said.get("checked_on"), two_years_after(self.end)
        if day and said.get("outcome") == Departure.Outcome.HERE and day < due:
            self.add_error(
                "checked_on",
                f"L’activité se vérifie deux ans après la sortie, à partir du {due:%d/%m/%Y}.",
            )
        return said
