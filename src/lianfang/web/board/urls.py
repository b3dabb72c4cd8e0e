"""Addresses of the command board."""

from __future__ import annotations

from django.urls import path

from lianfang.web.board import views

urlpatterns = [
    path("", views.board, name="board"),
]
