"""Bodies, sites, people, instruments, accreditations and scope, as of any date."""
