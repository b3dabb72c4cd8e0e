"""Addresses of the command board."""

from __future__ import annotations

from django.urls import path

from lianfang.web.board import bulletin, views

urlpatterns = [
    path("", views.board, name="board"),
    path("bulletin/", bulletin.bulletin, name="board-bulletin"),
    path("bulletin/<int:number>/", bulletin.decide, name="board-bulletin-decide"),
]
