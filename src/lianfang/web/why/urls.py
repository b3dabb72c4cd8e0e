"""Addresses of reasons."""

from __future__ import annotations

from django.urls import path

from lianfang.web.why import views

urlpatterns = [
    path("<uuid:obligation>", views.obligation, name="why"),
    path("loop/<uuid:loop>", views.loop, name="why-loop"),
    path("loop/<uuid:loop>/<str:date>", views.date, name="why-date"),
    path("parameter/<str:parameter>", views.parameter, name="why-parameter"),
]
