"""Cohorts with planted truth, and how near the measures come to it.

Every figure of the product is promised on cohorts drawn here: true skills, reviewers' severities
and tickets' difficulties are known, so error, coverage and wrong hires can be counted.
"""
