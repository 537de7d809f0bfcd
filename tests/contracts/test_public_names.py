import ast
import inspect

import pytest

import plantwright


def test_the_public_names_are_few():
    assert len(plantwright.__all__) <= 42


@pytest.mark.parametrize("name", plantwright.__all__)
def test_every_public_name_is_there_and_explains_itself(name):
    thing = getattr(plantwright, name)
    assert not callable(thing) or inspect.getdoc(thing)


def public_functions():
    """The public functions by name."""
    return {name: thing for name in plantwright.__all__ if inspect.isfunction(thing := getattr(plantwright, name))}


def test_past_the_second_parameter_everything_is_said_by_name():
    for name, function in public_functions().items():
        positional = [
            parameter.name
            for parameter in inspect.signature(function).parameters.values()
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
        assert len(positional) <= 2, name


def test_type_checkers_see_what_python_sees(root):
    """The imports for type checkers and the table for Python name the same things from the same places."""
    tree = ast.parse((root / "src" / "plantwright" / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname: line.module for line in block.body for alias in line.names}
    assert seen == plantwright._HOMES


def test_an_unknown_name_is_an_attribute_error_that_names_the_nearest():
    with pytest.raises(AttributeError, match="capacity"):
        plantwright.capasity
