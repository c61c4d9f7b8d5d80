"""The engine as a service: one core that scans, spoken to in dialects: our own and those of others' clients.

A request goes down one module a step: `connection` (who is too slow is cut off), `gate` (who may ask, how much, for
how long), a module of `dialects` (what it asks for), `core` (the answer), and back. `serving` runs it all.
Needs the extra: `pip install 'sitclassify[server]'`.
"""
