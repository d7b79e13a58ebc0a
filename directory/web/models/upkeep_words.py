"""What is due, found, told and reported, in words."""

from datetime import datetime

from directory.domain.upkeep.found import Found, Method, Reached
from directory.domain.upkeep.reports import Report
from directory.domain.upkeep.today import Today, TodayNotice
from directory.rules.sets.quality import Due
from directory.services.upkeep.reports import OpenReport
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.times import age_words, clock_time, days_ago, local_date
from directory.web.wording import _, ngettext


def due_words(due: Due, now: datetime) -> str:
    """Why somebody should look, and since or from when; "" where nobody ever needs to."""
    if due.rule is None:
        return ""
    if due.at > now:
        return _("To be looked at again on %(date)s", date=local_date(due.at))
    if due.is_at_once and due.reason is not None:
        return due.reason.in_(language())
    return _("To be looked at since %(date)s", date=local_date(due.at))


def today_words(notice: TodayNotice) -> str:
    """What holds for today."""
    return {
        Today.CLOSED: _("Closed today"),
        Today.FULL: _("Full today"),
        Today.JUST_COME: _("Just come today, no referral needed"),
    }[notice.kind]


def told_today(notice: TodayNotice) -> str:
    """The same with who told it, and when: "Closed today, told by the organization at 9:12"."""
    told = clock_time(notice.told_at.astimezone(community_zone()))
    return _("%(what)s, told by the organization at %(time)s", what=today_words(notice), time=told)


def today_acts() -> dict[Today, str]:
    """What the buttons say."""
    return {Today.CLOSED: _("Closed today"), Today.FULL: _("Full today"), Today.JUST_COME: _("Just come, no referral needed")}


def report_words(report: OpenReport, now: datetime) -> str:
    """What workers met with, and when: "A worker called today at 14:05: nobody answered."."""
    told = report.told_at.astimezone(community_zone())
    when = _("%(day)s at %(time)s", day=age_words(days_ago(report.told_at, now)), time=clock_time(told))
    line = {
        Report.FULL: _("A worker asked %(when)s: it was full.", when=when),
        Report.NO_ANSWER: _("A worker called %(when)s: nobody answered.", when=when),
        Report.WRONG_NUMBER: _("A worker called %(when)s: the number was wrong.", when=when),
        Report.MOVED: _("A worker found %(when)s: it has moved.", when=when),
    }[report.kind]
    if report.times == 1:
        return line
    return f"{line} {ngettext('Told %(num)d time within a day.', 'Told %(num)d times within a day.', report.times)}"


def report_acts() -> dict[Report, str]:
    """What the buttons of workers say."""
    return {
        Report.FULL: _("Full"),
        Report.NO_ANSWER: _("No answer"),
        Report.WRONG_NUMBER: _("Wrong number"),
        Report.MOVED: _("Moved"),
    }


def found_words(found: Found) -> str:
    """What was found of a listing."""
    return {
        Found.RIGHT: _("All right"),
        Found.CORRECTED: _("Right, after corrections"),
        Found.CLOSED: _("Closed for good"),
        Found.DO_NOT_LIST: _("Do not list"),
        Found.CANNOT_BE_VERIFIED: _("Cannot be verified"),
    }[found]


def reached_words(reached: Reached) -> str:
    """How a call ended."""
    return {
        Reached.REACHED: _("Reached somebody"),
        Reached.NO_ANSWER: _("No answer"),
        Reached.WRONG_NUMBER: _("Wrong number"),
        Reached.CALL_BACK: _("To be called again"),
    }[reached]


def method_words(method: Method) -> str:
    """How staff tried."""
    return {Method.PHONE: _("Telephone"), Method.MAIL: _("Mail"), Method.VISIT: _("Visit"), Method.WEBSITE: _("Their website")}[method]


def field_words() -> dict[str, str]:
    """The parts of a listing that somebody may go through."""
    return {
        "phones": _("Telephone"),
        "hours": _("Hours"),
        "intake": _("When people are taken"),
        "places": _("Address and access"),
        "eligibility": _("Who it is for"),
        "ways_in": _("How to get in"),
        "cost": _("Cost"),
        "languages": _("Languages"),
        "documents": _("What to bring"),
        "capacity": _("Room"),
    }
