"""The scorecard and the computing of grades: facts in, an explained result out, without database or clock."""
