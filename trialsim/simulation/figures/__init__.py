"""Figures of a bank of scenarios: how fair it is to play, and how real a month of it looks.

Scripted agents play every scenario through the pure engine. Nothing here knows a file, a page, a
database or the clock.
"""
