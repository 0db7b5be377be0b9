"""Pages of the register: bodies and their life, loadings of tables, assessors and experts."""
