"""When the computer itself runs marac: the files that Task Scheduler and systemd read. Nothing is written or run here."""

from marac.schedule.plan import Plan
from marac.schedule.systemd_units import service_unit, timer_unit
from marac.schedule.task_xml import task_xml

__all__ = ["Plan", "service_unit", "task_xml", "timer_unit"]
