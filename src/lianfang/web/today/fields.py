"""A form for what is still to be filled in: one field a column of the kind of fact, as the vocabulary names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext

from lianfang.acts.evidence import Answer
from lianfang.core.explain.speech import amount
from lianfang.core.facts.vocabulary import Column, ColumnType
from lianfang.ledger.models import Subject

AT = "at"
"""The field with the fact's own time."""

AHEAD = timedelta(minutes=10)
"""Clocks of phones differ; what lies further in the future is a slip."""

MOST_RADIOS = 4
LONGEST = 500
_LOCAL = "%Y-%m-%dT%H:%M"


class FactForm(forms.Form):
    """The columns of one answer. `values` after validation: column -> value, empty ones left out, times aware."""

    def __init__(
        self,
        must: Iterable[Column],
        more: Iterable[Column],
        now: datetime,
        data: Mapping[str, Any] | None = None,
        *,
        time: bool = True,
        made_up: bool = False,
    ) -> None:
        """`made_up`: what is recorded happened before now, and its time has to be said."""
        super().__init__(data)
        self.now = now
        self.must, self.more = tuple(must), tuple(more)
        if time:
            self.fields[AT] = _moment(gettext("时间"), None if made_up else now, required=made_up)
        for column in self.must:
            self.fields[_name(column)] = _field(column, True)
        for column in self.more:
            self.fields[_name(column)] = _field(column, False)

    def clean_at(self) -> datetime | None:
        """What was recorded cannot lie ahead."""
        at: datetime | None = self.cleaned_data.get(AT)
        if at is not None and at > self.now + AHEAD:
            raise forms.ValidationError(gettext("填的时间还没有到；请填实际发生的时间。"))
        return at

    def bound(self, column: Column) -> forms.BoundField:
        """The field of a column, ready to show."""
        return self[_name(column)]

    @property
    def needed(self) -> list[forms.BoundField]:
        """The fields that have to be filled in."""
        times = [self[AT]] if AT in self.fields and self.fields[AT].required else []
        return [*times, *(self.bound(column) for column in self.must)]

    @property
    def optional(self) -> list[forms.BoundField]:
        """The fields that may be left empty."""
        times = [self[AT]] if AT in self.fields and not self.fields[AT].required else []
        return [*times, *(self.bound(column) for column in self.more)]

    @property
    def at(self) -> datetime | None:
        """When it happened; None is now."""
        found: datetime | None = self.cleaned_data.get(AT)
        return found

    @property
    def values(self) -> Mapping[str, object]:
        """What was filled in, by column."""
        given = {column.name: self.cleaned_data.get(_name(column)) for column in (*self.must, *self.more)}
        return {name: value for name, value in given.items() if value not in (None, "")}


def answer_form(
    answer: Answer, now: datetime, data: Mapping[str, Any] | None = None, *, made_up: bool = False
) -> FactForm:
    """The form of an answer: first what must be filled in, then what may."""
    return FactForm(answer.fields, answer.more, now, data, time=not answer.completes, made_up=made_up)


def _name(column: Column) -> str:
    """The name in the form: columns and the form's own fields must not meet."""
    return f"v-{column.name}"


def label_of(column: Column) -> str:
    """A column's name in the language of the page, with its unit."""
    english = (get_language() or "").startswith("en")
    shown = column.en if english else column.zh
    unit = amount("", column.unit).en.strip() if column.unit and english else ""
    unit = amount("", column.unit).zh.strip() if column.unit and not english else unit
    return f"{shown}（{unit}）" if unit else shown


def _field(column: Column, needed: bool) -> forms.Field:
    label = label_of(column)
    match column.type:
        case ColumnType.TIME if column.name.endswith("_on"):
            return Day(label=label, required=needed)
        case ColumnType.TIME:
            return _moment(label, None, required=needed)
        case ColumnType.FLAG:
            return _yes_or_no(label, needed)
        case ColumnType.CHOICE:
            return _choice(column, label, needed)
        case ColumnType.NUMBER:
            limits = _limits(column)
            return forms.FloatField(
                label=label, required=needed, min_value=column.low, max_value=column.high, help_text=limits
            )
        case ColumnType.REF:
            return Named(column.to or "", label=label, required=needed, max_length=200)
    return forms.CharField(label=label, required=needed, max_length=LONGEST)


def _limits(column: Column) -> str:
    if column.low is None or column.high is None:
        return ""
    return gettext("%(low)s 到 %(high)s") % {"low": f"{column.low:g}", "high": f"{column.high:g}"}


def _moment(label: str, start: datetime | None, *, required: bool) -> forms.DateTimeField:
    shown = timezone.localtime(start).strftime(_LOCAL) if start else None
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)
    formats = [_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, required=required, initial=shown, widget=widget, input_formats=formats)


def _yes_or_no(label: str, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=required,
        choices=[("yes", gettext("是")), ("no", gettext("否"))],
        coerce=lambda text: text == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _choice(column: Column, label: str, required: bool) -> forms.ChoiceField:
    english = (get_language() or "").startswith("en")
    options = [(value, value.replace("_", " ") if english else zh) for value, zh in column.choices]
    if len(options) <= MOST_RADIOS:
        return forms.ChoiceField(label=label, required=required, choices=options, widget=forms.RadioSelect)
    return forms.ChoiceField(label=label, required=required, choices=[("", ""), *options])


class Day(forms.DateField):
    """A day without a time, such as a date of birth: its first instant."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        """The first instant of the day."""
        day = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time())) if day else None


class Named(forms.CharField):
    """A place, unit … by its id or its name; one that is not known, or not alone with its name, is refused."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(help_text=gettext("填编号或全称"), **kwargs)
        self.kind = kind

    def clean(self, value: Any) -> str:
        """The id of the subject that is meant."""
        text = str(super().clean(value) or "").strip()
        if not text or Subject.objects.filter(kind=self.kind, subject=text).exists():
            return text
        found = list(Subject.objects.filter(kind=self.kind, name=text).values_list("subject", flat=True)[:2])
        if len(found) == 1:
            return found[0]
        words = gettext("没有“%(text)s”；请填已登记的编号或全称，没有就先登记。")
        if found:
            words = gettext("“%(text)s”不止一个；请填编号。")
        raise forms.ValidationError(words % {"text": text})
