"""Addresses of the tasks of units."""

from __future__ import annotations

from django.urls import path

from lianfang.web.tasks import steps, views

urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("file/<int:number>/", views.file, name="task-file"),
    path("<uuid:id>/", views.task, name="task"),
    path("<uuid:id>/hand-in/", steps.hand_in, name="task-hand-in"),
    path("<uuid:id>/accept/", steps.accept, name="task-accept"),
    path("<uuid:id>/return/", steps.give_back, name="task-return"),
    path("<uuid:id>/escalate/", steps.escalate, name="task-escalate"),
    path("<uuid:id>/comment/", steps.say, name="task-comment"),
    path("<uuid:id>/remind/", steps.urge, name="task-remind"),
]
