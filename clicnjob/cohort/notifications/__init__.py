"""Telling a young person who agreed, by SMS or e-mail, that something waits for them here; never what."""
