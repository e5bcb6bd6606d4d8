"""The subcommands of `python -m clicnjob`."""
