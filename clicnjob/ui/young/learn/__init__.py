"""« Apprendre »: the list of lessons and scenes, one lesson, one scene."""
