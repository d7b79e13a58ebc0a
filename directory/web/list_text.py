"""A list as plain text, in the words of its page: for a terminal, or to be read out over the telephone."""

from flask import Flask, render_template

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.services.lists.places import followed
from directory.services.lists.share import Opened
from directory.web import languages
from directory.web.here import parts
from directory.web.models.handout import handout
from directory.web.times import local_date


def list_text(app: Flask, opened: Opened, language: str) -> str:
    """The list in a language of the community. Raise `InvalidInput` where it is none of them."""
    with app.test_request_context("/"):
        if language not in languages.offered():
            raise InvalidInput("language", say("Language: choose one of %(codes)s.", codes=", ".join(languages.offered())))
        languages.speak(language)
        shown = handout(opened.handed, followed(parts(), opened.handed.place_ids), parts().clock.now(), "")
        return render_template("lists/handout.txt", handout=shown, until_words=local_date(opened.expires_at)).rstrip()
