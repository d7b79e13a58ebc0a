"""What gunicorn loads: `gunicorn wsgi:app`."""

from directory.app import served_app

app = served_app()
