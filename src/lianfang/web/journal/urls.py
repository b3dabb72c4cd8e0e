"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from lianfang.web.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("verify/", views.verify, name="journal-verify"),
    path("excel/", views.excel, name="journal-excel"),
    path("<int:no>/", views.line, name="journal-line"),
]
