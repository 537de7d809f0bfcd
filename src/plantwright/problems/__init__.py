"""What optimisers read and what they give back: frozen records of arrays and plain numbers, one file per problem.

They are to ``optimise`` what ``arrays`` is to the engine: ``compile`` makes a problem of a plant and turns its solution
back into names; neither side knows the other.
"""
