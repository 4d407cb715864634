-- Where the smallest coin is more than one, money back in cash is rounded as money in: sum of payments = total + rounding.
alter table refunds add column cash_rounding_minor bigint not null default 0;
