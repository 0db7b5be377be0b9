"""Cases: from filing to what follows a decision."""
