"""Pure rules of plans: weights, sizes, who may be inspected again."""
