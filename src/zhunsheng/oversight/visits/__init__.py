"""What is seen at a laboratory: checklists, visits, findings, rectification, disclosure."""
