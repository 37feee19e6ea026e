"""Insights: rows become observations, observations become measures and charts."""
