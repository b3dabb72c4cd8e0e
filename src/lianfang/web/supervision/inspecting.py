"""An inspection: the items of a checklist answered, problems written down with owner and deadline, photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.evidence import Answer, answer_for
from lianfang.acts.in_force import in_force
from lianfang.acts.inspect import Checked, inspect
from lianfang.acts.record_fact import record_facts
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.identity.names import normalise_name
from lianfang.ledger.models import Obligation, Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import said
from lianfang.web.supervision.checklists import NUMBER, TEXT, YES_NO, Checklist, Item, checklists
from lianfang.web.supervision.views import matter
from lianfang.web.tasks.steps import read_files
from lianfang.web.today.done import why_not
