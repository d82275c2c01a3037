"""How long a replica takes to start, what that decides, and what would make it faster; pure."""

from planning.coldstart.case import StartCase
from planning.coldstart.plan import cold_start, idle_timeout_seconds
from planning.coldstart.problems import start_problems
from planning.coldstart.value import ColdStart
from planning.coldstart.wishes import Wishes

__all__ = [
    "ColdStart",
    "StartCase",
    "Wishes",
    "cold_start",
    "idle_timeout_seconds",
    "start_problems",
]
