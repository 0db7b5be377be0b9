"""Reading capability schedules as they are printed, and keeping them healthy."""
