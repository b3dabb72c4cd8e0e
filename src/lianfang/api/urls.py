"""Address of the API; its description is at v1/openapi.json, to be read at v1/docs."""

from django.urls import path

from lianfang.api.v1 import api

urlpatterns = [path("v1/", api.urls)]
