"""How names of organisations are taken apart, compared and weighed: pure, without database or clock."""
