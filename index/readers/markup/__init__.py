"""XML files with articles: saved feeds, exports of blogs and notes, and news in NITF."""
