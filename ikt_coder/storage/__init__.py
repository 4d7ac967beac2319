"""The project file: engine, operation, journal, migrations, backups."""
