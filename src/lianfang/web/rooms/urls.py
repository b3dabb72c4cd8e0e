"""Addresses of the rooms of isolation sites."""

from __future__ import annotations

from django.urls import path

from lianfang.web.rooms import changes, views

urlpatterns = [
    path("", views.rooms, name="rooms"),
    path("admit/<int:room>/", changes.admit, name="room-admit"),
    path("stay/<str:person>/", views.stay, name="room-stay"),
    path("stay/<str:person>/move/", changes.move, name="room-move"),
    path("stay/<str:person>/release/", changes.release, name="room-release"),
]
