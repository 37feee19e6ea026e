"""TrialSim: a hiring trial on synthetic support tickets."""

__version__ = "0.1.0"
