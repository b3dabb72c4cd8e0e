"""Registering somebody new: who, how to be reached, where; who may be known already is shown first."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.acts.register_person import Alike, register_person
from lianfang.core.access import acts
from lianfang.core.facts.vocabulary import Kind
from lianfang.ledger.models import Unit
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import english, one_of
from lianfang.web.today.done import why_not
from lianfang.web.today.fields import FactForm

PERSON = "person"
FIRST = ("name", "id_type", "id_number", "phone", "sex", "born_on", "address")
"""What is asked first; the rest of the register stands under "还可以写明"."""

MOST_UNITS = 400


class NewcomerForm(FactForm):
    """The columns of the register, and the unit the person belongs to from now on."""

    def __init__(self, kind: Kind, request: Asked) -> None:
        data = request.POST if request.method == "POST" else None
        columns = {name: one for name, one in kind.columns.items() if name not in (kind.subject, kind.time)}
        first = [columns[name] for name in FIRST if name in columns]
        rest = [one for name, one in columns.items() if name not in FIRST]
        super().__init__(first[:1], (*first[1:], *rest), request.now, data, time=False)
        self.first = first
        self.fields["unit"] = _home(request)

    def clean(self) -> dict[str, object]:
        """A person needs a number or a telephone: without either nobody can tell two of the same name apart."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not self.values.get("id_number") and not self.values.get("phone"):
            raise ValidationError(gettext("证件号码和电话至少填一项，否则分不清同名的人。"))
        return cleaned

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked first."""
        return [self.bound(column) for column in self.first]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What may be added."""
        return [self.bound(column) for column in self.more if column not in self.first]


def _home(request: Asked) -> forms.ChoiceField:
    """The units somebody may be registered in: the post's own unit first."""
    units = visible(Unit.objects.all(), request.scope).order_by("path")[:MOST_UNITS]
    found = {unit.id: one_of(unit.name, unit.name_en) for unit in units}
    own = request.actor.unit
    choices = [(own, found.pop(own)), *found.items()] if own in found else list(found.items())
    return forms.ChoiceField(label=gettext("所属单位"), choices=choices, initial=own)


@door(acts.RECORD_FACT)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Asked) -> HttpResponse:
    """The form; sent, the person is registered and what happened to her can be recorded next."""
    form = NewcomerForm(in_force(request.now).plan.kinds[PERSON], request)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        made = register_person(
            form.values,
            str(form.cleaned_data["unit"]),
            although_alike=request.POST.get("although") == "yes",
            actor=request.actor,
            now=request.now,
            key=request.POST.get("key", ""),
        )
    except Refused as refusal:
        return _page(request, form, wrong=why_not(refusal), status=422)
    if not made.person:
        return _page(request, form, alike=made.alike, status=422)
    messages.success(request, gettext("已登记；接着记录为什么登记，例如到达。"))
    return redirect("record-choose", PERSON, made.person)


def _page(
    request: Asked, form: NewcomerForm, *, wrong: str = "", alike: tuple[Alike, ...] = (), status: int = 200
) -> HttpResponse:
    shown = [(one, one.en if english() else one.zh) for one in alike]
    context = {"form": form, "wrong": wrong, "alike": shown}
    return render(request, "today/newcomer.html", context, status=status)
