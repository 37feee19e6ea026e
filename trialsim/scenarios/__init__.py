"""Scenarios: packs imported into the database, unchanged once used."""
