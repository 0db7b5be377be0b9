"""What people enter about reviews."""
