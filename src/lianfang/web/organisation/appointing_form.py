"""The form by which somebody is given a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lianfang.core.access.actor import STAFF, Duty
from lianfang.ledger.models import Account
from lianfang.web.parts.said import one_of

LOCAL = "%Y-%m-%dT%H:%M"
WIDGET = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
MOST = 500


class AppointForm(forms.Form):
    """Whom, to which post, with which duties, from when to when."""

    account = forms.ChoiceField(label=gettext_lazy("任岗人员"))
    post = forms.CharField(label=gettext_lazy("岗位"), max_length=120)
    duties = forms.MultipleChoiceField(label=gettext_lazy("职责"), widget=forms.CheckboxSelectMultiple)
    since = forms.DateTimeField(label=gettext_lazy("自"), required=False, widget=WIDGET, input_formats=[LOCAL])
    until = forms.DateTimeField(label=gettext_lazy("至"), required=False, widget=WIDGET, input_formats=[LOCAL])
    deputy = forms.BooleanField(label=gettext_lazy("副岗：主岗缺岗时代行"), required=False)

    def __init__(self, now: datetime, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        accounts = Account.objects.filter(is_active=True, person="").order_by("username")[:MOST]
        listed = [(one.username, f"{one.title or one.username}（{one.username}）") for one in accounts]
        self.fields["account"].choices = [("", gettext("请选择")), *listed]  # type: ignore[attr-defined]
        self.fields["duties"].choices = [  # type: ignore[attr-defined]
            (duty.value, one_of(duty.zh, duty.en)) for duty in Duty if duty in STAFF
        ]
        self.fields["since"].initial = timezone.localtime(now).strftime(LOCAL)


class AbsenceForm(forms.Form):
    """From when to when somebody is away; without an end: not known yet."""

    since = forms.DateTimeField(label=gettext_lazy("离岗"), widget=WIDGET, input_formats=[LOCAL])
    until = forms.DateTimeField(label=gettext_lazy("返岗"), required=False, widget=WIDGET, input_formats=[LOCAL])
