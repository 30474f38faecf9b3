"""The task as Windows Task Scheduler imports it: `schtasks /Create /TN marac /XML marac.xml`.

Source: Task Scheduler Schema 1.2 (MS-TSCH, appendix). It starts a run that was missed as soon as it can, never two at
once, on battery too, with the rights of whoever is signed in and without a stored password.
"""

import datetime as dt
import subprocess
from xml.etree import ElementTree as ET

from marac.schedule.plan import Plan

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_LONGEST = "PT4H"
"""After so long a run that hangs is ended; the next one goes on where it stopped."""


def task_xml(plan: Plan, begins: dt.date, user: str | None = None) -> bytes:
    r"""The file, in UTF-16 as schtasks wants it.

    Args:
        plan: what is run, and when.
        begins: the first day.
        user: whose task it is, as `DOMAIN\name`; None for whoever imports it.
    """
    task = ET.Element("Task", version="1.2", xmlns=_NAMESPACE)
    about = _added(task, "RegistrationInfo")
    _said(about, Description="One pass of marac: mail in, register up to date, and what the calendar says is due.")
    _add_trigger(_added(task, "Triggers"), plan, begins)
    principal = ET.SubElement(_added(task, "Principals"), "Principal", id="Author")
    _said(principal, **({"UserId": user} if user else {}), LogonType="InteractiveToken", RunLevel="LeastPrivilege")
    _said(
        _added(task, "Settings"),
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        AllowHardTerminate="true",
        StartWhenAvailable="true",
        RunOnlyIfNetworkAvailable="false",
        AllowStartOnDemand="true",
        Enabled="true",
        Hidden="false",
        WakeToRun="false",
        ExecutionTimeLimit=_LONGEST,
    )
    runs = _added(ET.SubElement(task, "Actions", Context="Author"), "Exec")
    arguments = subprocess.list2cmdline(plan.arguments)
    _said(runs, Command=str(plan.python), Arguments=arguments, WorkingDirectory=str(plan.folder))
    ET.indent(task)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"
    return text.replace("\n", "\r\n").encode("utf-16")


def _add_trigger(triggers: ET.Element, plan: Plan, begins: dt.date) -> None:
    trigger = _added(triggers, "CalendarTrigger")
    minutes = (plan.last_hour - plan.first_hour + 1) * 60 - 1  # one less: nothing is begun in the hour after
    _said(
        _added(trigger, "Repetition"),
        Interval=f"PT{plan.every_minutes}M",
        Duration=f"PT{minutes}M",
        StopAtDurationEnd="false",
    )
    _said(trigger, StartBoundary=f"{begins.isoformat()}T{plan.first_hour:02}:00:00", Enabled="true")
    week = _added(trigger, "ScheduleByWeek")
    days = _added(week, "DaysOfWeek")
    for day in _DAYS:
        _added(days, day)
    _said(week, WeeksInterval="1")


def _added(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, name)


def _said(parent: ET.Element, **values: str) -> None:
    for name, value in values.items():
        ET.SubElement(parent, name).text = value
