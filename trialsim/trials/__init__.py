"""Trials: one candidate's month: its plan, its paid time, its standing."""
