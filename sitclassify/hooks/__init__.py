"""The engine inside other programs: a guard that checks what goes to a model and comes back, and an adapter each.

>>> import sitclassify
>>> from sitclassify import policy
>>> policies = policy.load("default")
>>> scanner = sitclassify.load(sits="us-social-security-number", classifiers=(), policies=policies)
>>> guard = Guard(policies, scanner=scanner)
>>> guard.check([Text("What is the weather?")])
['What is the weather?']
>>> guard.check([Text("My SSN is 536-90-4399.")])
Traceback (most recent call last):
sitclassify.hooks.texts.Blocked: This text was blocked: it contains U.S. Social Security Number (SSN).

An adapter is a module of the name of what it plugs into, and an extra: `pip install 'sitclassify[langchain]'`.
"""

from __future__ import annotations

from sitclassify.hooks.guard import Guard, GuardedStream
from sitclassify.hooks.texts import Blocked, NotChecked, Text

__all__ = ["Blocked", "Guard", "GuardedStream", "NotChecked", "Text"]
