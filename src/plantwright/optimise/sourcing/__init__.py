"""Make or buy, from whom, at which site: one mixed-integer programme over years, and what can be asked of its answer.

``model`` has the constraint families, ``measures`` and ``content`` the money and value that they speak of, ``limits``
what is limited; ``solve`` finds a plan. ``charges``, ``relax``, ``switching`` and ``front`` ask further. ``check``
verifies a plan and shares no code with any of them.
"""
