"""Addresses of today's work: the list, one item and its taps, registering, searching, one's own day."""

from __future__ import annotations

from django.urls import path

from lianfang.web.today import done, entering, finding, me, newcomer, views

urlpatterns = [
    path("", views.today, name="today"),
    path("together/", done.together, name="today-together"),
    path("undo/<str:fact>/", done.undo, name="today-undo"),
    path("record/", entering.record, name="record"),
    path("record/person/", newcomer.register, name="record-person"),
    path("record/<str:kind>/<str:subject>/", entering.choose, name="record-choose"),
    path("record/<str:kind>/<str:subject>/<str:fact>/", entering.enter, name="record-fact"),
    path("search/", finding.search, name="search"),
    path("me/", me.me, name="me"),
    path("<uuid:id>/", views.item, name="today-item"),
    path("<uuid:id>/form/", done.form, name="today-form"),
    path("<uuid:id>/done/", done.done, name="today-done"),
]
