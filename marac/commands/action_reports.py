"""`marac action reports` and `marac action decide-report`: what agencies said of their actions in their replies."""

from argparse import Namespace

from marac.commands.working import day, office_for
from marac.errors import UsageError
from marac.intake.opening.message import shown
from marac.intake.replies.deciding import decide_report
from marac.register.action_reports import every_report, report_numbered
from marac.register.actions import every_action
from marac.register_workbook import write_workbook


def show(arguments: Namespace) -> int:
    """Show the reports on actions, those that wait for a person first."""
    with office_for(arguments) as office, office.store.reading() as connection:
        actions = {action.number: action for action in every_action(connection)}
        found = sorted(every_report(connection), key=lambda each: (each.state != "waiting", each.number))
    if not found:
        print("No agency has reported on an action by reply yet.")
    for each in found:
        action = actions[each.action]
        whence = f", message {each.delivery}" if each.delivery else ""
        print(
            f"Report {each.number}: action {each.action} in {action.case} {each.outcome}, {day(each.on)}, {each.by}{whence}: {each.state}."
        )
        for words in (each.note, each.reason):
            if words:
                print(f"  {shown(words)}")
        if each.state == "waiting":
            print(f"  The action: {shown(action.text)} ({action.agency})")
            print(f"  To decide: marac action decide-report {each.number} take (or set-aside) --by ...")
    return 0


def decide(arguments: Namespace) -> int:
    """Take a report that waits, or set it aside."""
    by = arguments.by.strip()
    if not by:
        raise UsageError("--by must not be empty: it is kept with the report.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            report = report_numbered(connection, arguments.number)
            decide_report(connection, report, arguments.decision, arguments.reason.strip(), by, office.entry)
        what = "taken" if arguments.decision == "take" else "set aside"
        print(f"Report {report.number} on action {report.action} is {what}.")
        if warning := write_workbook(office).message:
            print(f"! {warning}")
    return 0
