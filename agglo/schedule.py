"""What runs by itself, and when: the one table Celery beat reads."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "take up what a lost worker held": {"task": "opendata.sweep", "schedule": 60.0},
    "forget old sessions and sign-ins": {"task": "accounts.forget", "schedule": crontab(hour=3, minute=40)},
    "forget raw answers that nothing stands on": {
        "task": "opendata.forget_raw",
        "schedule": crontab(hour=4, minute=20),
    },
    # Records, formulas, pages: one after the other, within a minute of a published change.
    "count the records that have changed": {"task": "opendata.queue_tallies", "schedule": 15.0},
    "make the axis pages the ledger has outdated": {"task": "indicators.prepare_pages", "schedule": 15.0},
    "add up the communes and measure overlaps": {
        "task": "territory.follow_populations",
        "schedule": crontab(minute=37),
    },
    "work out the formulas whose inputs have changed": {"task": "opendata.queue_formulas", "schedule": 15.0},
    "add up the records of agreements and schools": {
        "task": "employment.record_registers",
        "schedule": crontab(hour=4, minute=10),
    },
    "forget who contested a figure": {
        "task": "figures.forget_senders",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget follow-ups never submitted": {
        "task": "employment.forget_drafts",
        "schedule": crontab(hour=4, minute=20),
    },
    "tell owners what changed since the last mail": {
        "task": "opendata.tell",
        "schedule": crontab(hour=7, minute=20),
    },
    "send the mails that could not leave": {
        "task": "opendata.send_digests",
        "schedule": crontab(minute="*/10"),
    },
    "send each person what waits for them": {
        "task": "projects.send_digests",
        # Several times: a letter that could not leave is tried again, one that left is not.
        "schedule": crontab(hour="7-11", minute=10, day_of_week="mon-fri"),
    },
    "forget drafts, comments and files of updates": {
        "task": "projects.forget_updates",
        "schedule": crontab(hour=4, minute=30),
    },
    "have sites follow the stages that begin and end": {
        "task": "projects.follow_stages",
        "schedule": crontab(hour=4, minute=40),
    },
    "take up the imports that a lost worker held": {"task": "projects.sweep_imports", "schedule": 60.0},
    "queue the datasets that are due": {"task": "opendata.queue_due", "schedule": crontab(minute=7)},
}
