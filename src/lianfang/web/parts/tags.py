"""Template tags of the visual language; they are built in, no page needs to load them."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lianfang.core.language.measure import Words
from lianfang.web.parts import bar as bars
from lianfang.web.parts import moments, status
from lianfang.web.parts.days import Dayline
from lianfang.web.parts.said import said as in_language

register = template.Library()


# ------------------------------------------------------------------------------------------------ status


@register.simple_tag
def shape(name: str, size: str = "") -> SafeString:
    """The shape of a status, its word as label: `{% shape "overdue" %}`, `size="big"` or "huge"."""
    return format_html(
        '<svg class="shape {}" role="img" aria-label="{}"><use href="#s-{}"/></svg>',
        size,
        status.word(name),
        status.shape(name),
    )


@register.simple_tag
def mark(name: str, count: int | None = None, look: str = "", word: str = "") -> SafeString:
    """Shape and word of a status: `{% mark "due" %}`, `{% mark "overdue" 14 %}`; `look`: badge, light, big."""
    return format_html(
        '<span class="mark {} {}"><svg class="shape" aria-hidden="true"><use href="#s-{}"/></svg>{}{}</span>',
        name,
        look,
        status.shape(name),
        word or status.word(name),
        "" if count is None else format_html(" {}", thousands(count)),
    )


@register.simple_tag
def trouble(count: int, name: str = "overdue") -> SafeString:
    """How many are overdue, with the shape; a zero is quiet: the cell at the right end of a table."""
    if not count:
        return SafeString('<span class="zero">0</span>')
    return format_html(
        '<span class="mark {}"><svg class="shape" role="img" aria-label="{}"><use href="#s-{}"/></svg>{}</span>',
        name,
        status.word(name),
        status.shape(name),
        thousands(count),
    )


@register.inclusion_tag("parts/bar.html")
def bar(counts: bars.Counts) -> dict[str, object]:
    """The status bar alone: `{% bar counts %}` with met, due, held, overdue."""
    return {"parts": bars.parts(counts), "counts": counts}


@register.inclusion_tag("parts/barred.html")
def barred(counts: bars.Counts) -> dict[str, object]:
    """The status bar with its number: the count if something is overdue, otherwise the percentage."""
    return {
        "parts": bars.parts(counts),
        "counts": counts,
        "share": f"{bars.share(counts):.1f}%",
        "counted": bars.counted(counts),
    }


@register.inclusion_tag("parts/counts.html")
def counts(counts: bars.Counts, percent: bool = False) -> dict[str, object]:
    """The four words of a bar with their numbers: 已办 32 应办 5 待补 1 逾期 3; with `percent` the met as a share."""
    met = f"{bars.share(counts):.1f}%" if percent else thousands(counts.met)
    return {"counts": counts, "met": met}


@register.simple_tag
def clause(number: str, plan: str = "") -> SafeString:
    """The clause mark, identical everywhere; opens the clause when the living plan is there."""
    if not number:
        return SafeString("")
    try:
        address = reverse("plan-clause", args=[number])
    except NoReverseMatch:
        return format_html('<span class="clause">{}</span>', _short(number))
    return format_html('<a class="clause" href="{}">{}</a>', address, _short(number))


def _short(number: str) -> str:
    """The number without the plan's name before it."""
    return number.rpartition("/")[2].rpartition(":")[2]


@register.simple_block_tag
def why(content: str, address: str) -> SafeString:
    """Something one may ask why: `{% why url %}11-26 00:00{% endwhy %}`; opens its reasons beside it."""
    return format_html('<button type="button" class="why" data-why="{}">{}</button>', address, content)


# ------------------------------------------------------------------------------------------------ small parts


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the few pictures of the frame: search, today, record, me, eye, right, left, print, wait."""
    return format_html('<svg class="icon" width="16" height="16" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def hint(keys: str, word: str) -> SafeString:
    """A key and what it does, for the line at the foot: `{% hint "J K" _("上下项") %}`."""
    caps = format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys.split()))
    return format_html("<span>{} {}</span>", caps, word)


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, look: str = "") -> dict[str, object]:
    """A form field: label above, 必填 in words, help and what is wrong under it."""
    wanted = bound.field.required and not bound.is_hidden
    return {"field": bound, "wanted": wanted, "look": look, "kind": _kind(bound)}


def _kind(bound: BoundField) -> str:
    return str(getattr(bound.field.widget, "input_type", "")) or type(bound.field.widget).__name__.lower()


@register.simple_tag
def once_key() -> SafeString:
    """A key by which the server knows a form that was sent twice."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_urlsafe(16))


@register.inclusion_tag("parts/asof.html", takes_context=True)
def asof(context: Context, note: str = "") -> dict[str, object]:
    """As of which instant the page was worked out: `{% asof %}`, stands on every page of results."""
    around = context["chrome"]
    return {"when": around.as_of, "note": note}


@register.inclusion_tag("parts/dayline.html", takes_context=True)
def dayline(context: Context, line: Dayline) -> dict[str, object]:
    """The day slider with its history; another day keeps what else stands in the address."""
    return {"line": line, "query": context["request"].GET}


@register.inclusion_tag("parts/chart.html")
def chart(name: str, data: object, label: str, height: str = "") -> dict[str, object]:
    """A chart drawn by a named recipe of `js/chart.js` from `data`: `{% chart "cases" data _("每日新增") %}`."""
    return {"name": name, "data": data, "label": label, "height": height, "id": f"chart-{secrets.token_hex(4)}"}


# ------------------------------------------------------------------------------------------------ numbers and dates


@register.filter
def thousands(number: float | int | None) -> str:
    """A number with commas: 1,348."""
    return "" if number is None else f"{number:,}"


@register.filter
def said(words: Words) -> str:
    """Words of a plan in the language of the page: `{{ clause.gist|said }}`."""
    return in_language(words)


@register.filter
def percent(number: float | None) -> str:
    """A share of one as a percentage with one decimal: 0.731 is 73.1%."""
    return "—" if number is None else f"{100 * number:.1f}%"


@register.filter
def moment(when: datetime | None, now: datetime | None = None) -> str:
    """A day and a time, 11-22 21:40."""
    return moments.moment(when, now or timezone.now())


@register.filter
def day(when: date | datetime | None, now: datetime | None = None) -> str:
    """A day, 11-22."""
    return moments.day(when, now or timezone.now())


@register.filter
def dated(when: datetime) -> str:
    """A day with weekday and time: 11月22日 周日 21:40."""
    return moments.dated(when)


@register.filter
def by_when(due: datetime | None, now: datetime) -> str:
    """A due time in plain words: 昨日09:12到期, 18:00前."""
    return moments.by_when(due, now)


@register.filter
def remaining(due: datetime | None, now: datetime) -> str:
    """How long is left or since when it is overdue: 剩 2小时20分, 逾期 36小时28分."""
    return moments.remaining(due, now)


@register.filter
def span(length: timedelta | int) -> str:
    """A length of time: 36小时28分."""
    return moments.span(length)
