"""The simulator: a function of arrays that has never heard of a plant."""
