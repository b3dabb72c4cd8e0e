"""The command line: parse, call one function of the core or of reach, print. One file a command."""

from __future__ import annotations

import typer

from lianfang.cli.backup import backup
from lianfang.cli.check import check
from lianfang.cli.city import city
from lianfang.cli.coverage import coverage
from lianfang.cli.create_admin import create_admin
from lianfang.cli.demo import demo
from lianfang.cli.demo_district import demo_district
from lianfang.cli.diff import diff
from lianfang.cli.doctor import doctor
from lianfang.cli.evaluate import evaluate
from lianfang.cli.explain import explain
from lianfang.cli.facts import facts
from lianfang.cli.intake import intake
from lianfang.cli.migrate import migrate
from lianfang.cli.read import read
from lianfang.cli.restore import restore
from lianfang.cli.serve import serve
from lianfang.cli.test import test
from lianfang.cli.usage import Doors
from lianfang.cli.verify_journal import verify_journal
from lianfang.cli.what_if import what_if

PLANS = (check, test, facts, evaluate, explain, coverage, diff, what_if, city, demo, read)
DISTRICT = (serve, demo_district, migrate, create_admin, intake, backup, restore, verify_journal, doctor)
COMMANDS = (*PLANS, *DISTRICT)
"""In the order of the help."""

app = typer.Typer(
    name="lianfang",
    cls=Doors,
    help="联防：让疫情防控预案运行起来。 Outbreak-control plans that run.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help answers in a third of the time
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command("import" if command is intake else None)(command)
