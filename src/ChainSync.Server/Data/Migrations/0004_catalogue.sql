-- What the catalogue's own pages need beyond 0002: lists in their order from an index, and stock adjustments as facts.

create index ix_customers_active_name on customers (store_id, active, name, id);
create index ix_categories_position on categories (store_id, position, name, id);

create table stock_adjustments (
  store_id      uuid        not null references stores (id),
  id            uuid        not null,
  reason        text        not null check (reason in ('received', 'counted', 'waste', 'correction')),
  note          text,
  employee_id   uuid,
  employee_name text        not null,
  created_at    timestamptz not null,
  primary key (store_id, id)
);
create index ix_stock_adjustments_created_at on stock_adjustments (store_id, created_at); -- its lines are the stock_moves with its id as ref_id
