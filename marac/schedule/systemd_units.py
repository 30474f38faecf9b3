"""The timer and the service of systemd, for the user's own manager: `~/.config/systemd/user`.

Source: systemd.timer(5), systemd.service(5), systemd.time(7). `Persistent` makes up for a run that the computer slept through.
"""

from marac.schedule.plan import Plan


def service_unit(plan: Plan) -> str:
    """NAME.service: one pass in the working folder."""
    command = " ".join(_quoted(word) for word in (str(plan.python), *plan.arguments))
    return f"""\
[Unit]
Description=One pass of marac: mail in, register up to date, what the calendar says is due

[Service]
Type=oneshot
WorkingDirectory={_plain(str(plan.folder))}
ExecStart={command}
UMask=0077
"""


def timer_unit(plan: Plan) -> str:
    """NAME.timer: when the service is started."""
    minutes = "00" if plan.every_minutes == 60 else f"00/{plan.every_minutes}"
    return f"""\
[Unit]
Description=When marac makes a pass

[Timer]
OnCalendar=Mon..Fri *-*-* {plan.first_hour:02}..{plan.last_hour:02}:{minutes}
Persistent=true

[Install]
WantedBy=timers.target
"""


def _plain(text: str) -> str:
    """A path as a setting's whole value: a percent sign would begin a specifier."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a command line, so that systemd takes nothing in it for its own."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if escaped != word or " " in word else word
