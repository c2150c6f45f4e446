-- Numbers of certificates that the platform gave this machine and whose papers are neither out nor void. Random digits:
-- they say nothing of anybody. What a start finds here was on its way when the run before ended, and is voided.
CREATE TABLE held_numbers (number TEXT PRIMARY KEY CHECK (length(number) = 12)) STRICT;
