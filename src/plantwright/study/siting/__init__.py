"""Tasks of siting: posed to the optimisers, asked again with single sites changed, judged by criteria, put in words."""
