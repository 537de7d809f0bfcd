"""Solvers of decisions, one file per problem: functions of ``problems`` that have never heard of a plant.

Each constraint family is one method with its inequality in the docstring. What is found is checked again by a verifier
that shares no code with the model (in the tests of each problem). Only this layer knows OR-Tools and HiGHS.
"""
