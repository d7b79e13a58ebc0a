"""The pages of the directory, as one thing that the composition root adds to the application."""

from flask import Blueprint, Flask, request
from markupsafe import Markup

from directory.domain.access import Action
from directory.domain.lists import LONGEST_ENTRY_NOTE, LONGEST_NAME, LONGEST_NOTE
from directory.services.parts import Parts
from directory.services.policy import Policy
from directory.services.words import template_folder
from directory.web import (
    about,
    account,
    account_passkeys,
    account_password,
    actions,
    answer_times,
    ask_around,
    audit,
    claiming,
    claims,
    compression,
    conversations,
    duplicate_links,
    duplicates,
    embed,
    errors,
    feeds,
    find,
    follow_up,
    freshness,
    gaps,
    handed,
    headers,
    imports,
    inbox,
    indexing,
    introductions,
    invitations,
    issuer_sign_in,
    kept_lists,
    languages,
    leaflet,
    leaving,
    listings,
    lists,
    manage,
    needs,
    network,
    not_with,
    organization_people,
    origin_check,
    outbox,
    outcomes,
    overlaps,
    own_conversations,
    own_duplicates,
    own_listings,
    own_page,
    own_plans,
    partner_pairs,
    partners,
    passkey_sign_in,
    people,
    person,
    planning,
    planning_map,
    policy,
    quality,
    receiving,
    referral_code,
    referral_consent,
    referral_figures,
    referral_link,
    referral_meetings,
    referral_needs,
    referral_partners,
    referral_person,
    referral_questions,
    referral_start,
    referrals,
    reports,
    request_log,
    rule_contests,
    rules,
    rules_editing,
    rules_planning,
    saved_list,
    sealed_cookies,
    sharing,
    sign_in,
    sitemap,
    static_files,
    stopping,
    stuck,
    suggest,
    suggestions,
    terms,
    upkeep,
    uploads,
    verify,
    webhooks,
    whom,
    works_with,
)
from directory.web.amounts import in_miles
from directory.web.here import community
from directory.web.models.danger import crisis_lines, danger_asked_about
from directory.web.models.planner_places import first_place, planner_groups
from directory.web.policy import register as register_blueprint
from directory.web.times import machine_time, moment_words
from directory.web.visitor import can, current_actor, led_organizations

PAGES: tuple[Blueprint, ...] = (
    find.blueprint,
    whom.blueprint,
    listings.blueprint,
    works_with.blueprint,
    needs.blueprint,
    about.blueprint,
    outcomes.public,
    rules.blueprint,
    lists.blueprint,
    sharing.blueprint,
    handed.blueprint,
    kept_lists.blueprint,
    upkeep.blueprint,
    stopping.blueprint,
    referral_link.blueprint,
    own_page.blueprint,
    follow_up.blueprint,
    suggest.blueprint,
    suggest.outcomes,
    sign_in.blueprint,
    claiming.asking,
    claiming.opening,
    invitations.blueprint,
    introductions.opening,
    ask_around.opening,
    duplicate_links.blueprint,
    own_conversations.opening,
    passkey_sign_in.blueprint,
    issuer_sign_in.blueprint,
    embed.blueprint,
    feeds.blueprint,
    sitemap.blueprint,
    referral_code.public,
)
BEHIND_LINKS: frozenset[Blueprint] = frozenset(
    {
        handed.blueprint,
        kept_lists.blueprint,
        claiming.opening,
        invitations.blueprint,
        introductions.opening,
        ask_around.opening,
        duplicate_links.blueprint,
        own_conversations.opening,
        suggest.outcomes,
        stopping.blueprint,
        referral_link.blueprint,
        own_page.blueprint,
        follow_up.blueprint,
        upkeep.blueprint,
    }
)

FOR_ACTIONS: tuple[tuple[Blueprint, Action], ...] = (
    (account.blueprint, Action.HAVE_ACCOUNT),
    (claiming.own, Action.HAVE_ACCOUNT),
    (leaving.blueprint, Action.HAVE_ACCOUNT),
    (organization_people.blueprint, Action.LEAD_ORGANIZATION),
    (not_with.blueprint, Action.LEAD_ORGANIZATION),
    (claims.blueprint, Action.DECIDE_CLAIMS),
    (people.blueprint, Action.MANAGE_PEOPLE),
    (audit.blueprint, Action.MANAGE_PEOPLE),
    (account_password.blueprint, Action.HAVE_ACCOUNT),
    (account_passkeys.blueprint, Action.HAVE_ACCOUNT),
    (manage.blueprint, Action.EDIT_LISTING),
    (imports.blueprint, Action.EDIT_LISTING),
    (uploads.blueprint, Action.EDIT_LISTING),
    (terms.blueprint, Action.PLAN),
    (indexing.blueprint, Action.RUN_DIRECTORY),
    (outbox.blueprint, Action.RUN_DIRECTORY),
    (own_listings.blueprint, Action.EDIT_LISTING),
    (reports.blueprint, Action.REPORT_LISTING),
    (suggestions.blueprint, Action.EDIT_LISTING),
    (verify.blueprint, Action.CALL_TO_VERIFY),
    (webhooks.blueprint, Action.LEAD_ORGANIZATION),
    (answer_times.blueprint, Action.ANSWER_REFERRALS),
    (partners.blueprint, Action.WORK_WITH_OTHERS),
    (introductions.asking, Action.WORK_WITH_OTHERS),
    (ask_around.blueprint, Action.REFER),
    (partner_pairs.blueprint, Action.PLAN),
    (rules_planning.blueprint, Action.PLAN),
    (rules_editing.blueprint, Action.PLAN),
    (rule_contests.answering, Action.PLAN),
    (rule_contests.own, Action.EDIT_LISTING),
    (referrals.blueprint, Action.REFER),
    (referral_start.blueprint, Action.REFER),
    (referral_needs.blueprint, Action.REFER),
    (referral_partners.blueprint, Action.REFER),
    (referral_questions.blueprint, Action.REFER),
    (referral_consent.blueprint, Action.REFER),
    (referral_meetings.blueprint, Action.REFER),
    (referral_code.blueprint, Action.REFER),
    (referral_person.blueprint, Action.REFER),
    (inbox.blueprint, Action.ANSWER_REFERRALS),
    (referral_figures.blueprint, Action.ANSWER_REFERRALS),
    (receiving.blueprint, Action.SET_RECEIVING),
    (overlaps.blueprint, Action.PLAN),
    (overlaps.own, Action.EDIT_LISTING),
    (conversations.blueprint, Action.PLAN),
    (own_conversations.blueprint, Action.WORK_WITH_OTHERS),
    (stuck.blueprint, Action.PLAN),
    (gaps.blueprint, Action.PLAN),
    (network.blueprint, Action.PLAN),
    (freshness.blueprint, Action.PLAN),
    (actions.blueprint, Action.PLAN),
    (outcomes.blueprint, Action.PLAN),
    (own_plans.blueprint, Action.WORK_WITH_OTHERS),
    (planning.blueprint, Action.PLAN),
    (planning_map.blueprint, Action.PLAN),
    (quality.blueprint, Action.PLAN),
    (quality.own, Action.EDIT_LISTING),
    (duplicates.blueprint, Action.PLAN),
    (own_duplicates.blueprint, Action.EDIT_LISTING),
)

for _page in (*PAGES, *(page for page, _action in FOR_ACTIONS)):
    errors.answer_errors_of(_page)


def register(app: Flask) -> None:
    """Add every page, with its language, headers, errors and log. The application has its parts in `extensions["directory"]`."""
    parts: Parts = app.extensions["directory"]
    app.extensions["static_files"] = static_files.read_static_files()
    compression.set_up(app)
    headers.set_up(app, parts.settings)
    request_log.set_up(app)
    origin_check.set_up(app)
    languages.set_up(app)
    sealed_cookies.set_up(app)
    saved_list.set_up(app)
    person.set_up(app)
    policy.set_up(app)
    _set_up_templates(app, parts)
    for blueprint in (*PAGES, static_files.blueprint, leaflet.blueprint):
        register_blueprint(app, blueprint, Policy.LINK if blueprint in BEHIND_LINKS else Policy.PUBLIC)
    for blueprint, action in FOR_ACTIONS:
        register_blueprint(app, blueprint, action)
    errors.set_up(app)


def _set_up_templates(app: Flask, parts: Parts) -> None:
    app.template_folder = str(template_folder())
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["machine_time"] = machine_time
    app.jinja_env.globals.update(
        static=static_files.address,
        offered_languages=languages.offered,
        own_name=languages.own_name,
        map_tiles=(parts.settings.map_tiles_url, parts.settings.map_tiles_attribution),
        leaflet_version=leaflet.version(),
        danger_asked_about=danger_asked_about,
        no_break=Markup("&nbsp;"),
        longest_note=LONGEST_NOTE,
        longest_name=LONGEST_NAME,
        longest_entry_note=LONGEST_ENTRY_NOTE,
        in_miles=in_miles,
    )

    @app.context_processor
    def what_every_page_knows() -> dict[str, object]:
        here = community()
        return {
            "community": here,
            "crisis": crisis_lines(here.crisis_lines),
            "language": languages.language(),
            "direction": languages.direction(),
            "saved_places": saved_list.kept().place_ids,
            "saved_words": lists.count_words(saved_list.kept()),
            "actor": current_actor(),
            "can": can,
            "led_organizations": led_organizations,
            "planner_first": lambda: first_place(request.endpoint or ""),
            "planner_groups": lambda: planner_groups(request.endpoint or "", can),
            "as_of": moment_words(parts.clock.now()),
        }
