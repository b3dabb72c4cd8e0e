"""Addresses of the organisation."""

from __future__ import annotations

from django.urls import path

from lianfang.web.organisation import appointing, views

urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("duty/", views.on_call_page, name="organisation-duty"),
    path("appoint/", appointing.give, name="organisation-appoint"),
    path("holding/<int:number>/end/", appointing.end, name="organisation-end"),
    path("holding/<int:number>/away/", appointing.away, name="organisation-away"),
    path("absence/<int:number>/back/", appointing.back, name="organisation-back"),
    path("<str:unit>/", views.unit, name="organisation-unit"),
]
