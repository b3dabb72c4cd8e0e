"""Addresses of the papers."""

from __future__ import annotations

from django.urls import path

from lianfang.web.papers import issuing, printing, views

urlpatterns = [
    path("", views.papers, name="papers"),
    path("issue/<str:sort>/", issuing.choose, name="papers-issue"),
    path("issue/<str:sort>/done/", issuing.issue, name="papers-issue-done"),
    path("print/", printing.pdf, name="papers-print"),
    path("<int:number>/word/", printing.docx, name="papers-word"),
    path("<int:number>/withdraw/", views.withdraw, name="papers-withdraw"),
    path("letterhead/", printing.letterhead, name="papers-letterhead"),
    path("letterhead/file/", printing.letterhead_file, name="papers-letterhead-file"),
]
