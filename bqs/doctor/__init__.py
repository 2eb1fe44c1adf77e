"""Examine an installation: settings, database, schedule, mail, Oracle, files, versions."""
