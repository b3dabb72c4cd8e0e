"""Addresses that need no account."""

from __future__ import annotations

from django.urls import path

from lianfang.web.public import views

urlpatterns = [
    path("", views.front, name="front"),
    path("v/", views.enter_code, name="paper-enter"),
    path("v/<str:code>", views.verify, name="paper-verify"),
]
