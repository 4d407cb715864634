-- Stores, catalogue, customers, registers and sales. Money in minor units, quantities in thousandths, rates in ppm.
-- store_id leads every key of store data, so the tables distribute by store as they are.
-- Primary keys come last: on a table that has no statistics yet, PostgreSQL takes the youngest of equally cheap indexes,
-- and its cached plans for lookups and foreign keys must be the key's, not those of another index that begins with store_id.

create table stores (
  id                  uuid primary key,
  code                text        not null unique,
  name                text        not null,
  currency            text        not null,
  currency_digits     smallint    not null,
  locale              text        not null,
  time_zone           text        not null,
  prices_include_tax  boolean     not null,
  cash_rounding_minor bigint      not null default 1,
  sync_version        bigint      not null,
  last_synced_at      timestamptz not null
);

create table tax_classes (
  store_id       uuid        not null references stores (id),
  id             uuid        not null,
  code           text        not null,
  name           text        not null,
  rate_ppm       integer     not null check (rate_ppm between 0 and 1000000),
  sync_version   bigint      not null,
  last_synced_at timestamptz not null,
  unique (store_id, code)
);
alter table tax_classes add primary key (store_id, id);

create table categories (
  store_id       uuid        not null references stores (id),
  id             uuid        not null,
  name           text        not null,
  parent_id      uuid,
  position       integer     not null,
  active         boolean     not null,
  sync_version   bigint      not null,
  last_synced_at timestamptz not null
);
create index ix_categories_sync on categories (store_id, sync_version, last_synced_at);
alter table categories add primary key (store_id, id);
alter table categories add foreign key (store_id, parent_id) references categories (store_id, id);

create table products (
  store_id       uuid        not null references stores (id),
  id             uuid        not null,
  sku            text        not null,
  name           text        not null,
  category_id    uuid,
  price_minor    bigint      not null check (price_minor >= 0),
  tax_class_id   uuid        not null,
  barcodes       text[]      not null default '{}',
  low_stock_at_milli bigint  not null default 10000,
  active         boolean     not null,
  sync_version   bigint      not null,
  last_synced_at timestamptz not null,
  unique (store_id, sku),
  foreign key (store_id, category_id) references categories (store_id, id),
  foreign key (store_id, tax_class_id) references tax_classes (store_id, id)
);
create index ix_products_category on products (store_id, category_id);
create index ix_products_active_name on products (store_id, active, name, id);
create index ix_products_price on products (store_id, price_minor);
create index ix_products_search on products using gin (to_tsvector('simple', name || ' ' || sku));
create index ix_products_sync on products (store_id, sync_version, last_synced_at);
alter table products add primary key (store_id, id);

-- products.barcodes is the truth; this table gives it store-wide uniqueness and an exact lookup. Kept by the trigger below.
create table product_barcodes (
  store_id   uuid not null,
  barcode    text not null,
  product_id uuid not null,
  foreign key (store_id, product_id) references products (store_id, id)
);
create index ix_product_barcodes_product on product_barcodes (store_id, product_id);
alter table product_barcodes add constraint ix_products_barcode primary key (store_id, barcode);

create function keep_product_barcodes() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from product_barcodes b where b.store_id = new.store_id and b.product_id = new.id and b.barcode <> all (new.barcodes);
  end if;
  insert into product_barcodes (store_id, barcode, product_id)
  select new.store_id, b, new.id from unnest(new.barcodes) as b
  where not exists (select from product_barcodes x where x.store_id = new.store_id and x.barcode = b and x.product_id = new.id);
  return null;
end $$;
create trigger product_barcodes_inserted after insert on products
  for each row when (cardinality(new.barcodes) > 0) execute function keep_product_barcodes();
create trigger product_barcodes_updated after update of barcodes on products
  for each row when (old.barcodes is distinct from new.barcodes) execute function keep_product_barcodes();

alter table stock add foreign key (store_id, product_id) references products (store_id, id);
create index ix_stock_on_hand on stock (store_id, on_hand_milli);
alter table stock add primary key (store_id, product_id);

create table customers (
  store_id          uuid        not null references stores (id),
  id                uuid        not null,
  name              text        not null,
  email             text,
  phone             text,
  external_id       text,
  active            boolean     not null,
  total_spent_minor bigint      not null default 0,
  total_orders      bigint      not null default 0,
  last_order_at     timestamptz,
  sync_version      bigint      not null,
  last_synced_at    timestamptz not null,
  unique (store_id, external_id)
);
create index ix_customers_search on customers using gin (to_tsvector('simple', name || ' ' || coalesce(phone, '') || ' ' || coalesce(email, '')));
create index ix_customers_phone on customers (store_id, phone);
create index ix_customers_email on customers (store_id, email);
create index ix_customers_total_spent on customers (store_id, total_spent_minor);
create index ix_customers_total_orders on customers (store_id, total_orders);
create index ix_customers_last_order on customers (store_id, last_order_at);
create index ix_customers_sync on customers (store_id, sync_version, last_synced_at);
alter table customers add primary key (store_id, id);

create table registers (
  store_id            uuid        not null references stores (id),
  id                  uuid        not null,
  number              integer     not null,
  name                text        not null,
  series              text        not null,
  key_hash            bytea       not null,
  active              boolean     not null,
  sync_version        bigint      not null,
  last_synced_at      timestamptz not null,
  unique (store_id, number),
  unique (store_id, series)
);
alter table registers add primary key (store_id, id);

create table sales (
  store_id            uuid        not null references stores (id),
  id                  uuid        not null,
  receipt_series      text,
  receipt_number      bigint,
  register_id         uuid,
  employee_id         uuid,
  employee_name       text,
  customer_id         uuid,
  shift_id            uuid,
  status              text        not null,
  payment_method      text        not null,
  payment_status      text        not null,
  currency            text        not null,
  prices_include_tax  boolean     not null,
  subtotal_minor      bigint      not null,
  discount_minor      bigint      not null,
  discount_ppm        integer,                 -- the ticket discount as it was given: percent, or an amount when null
  tax_minor           bigint      not null,
  total_minor         bigint      not null,
  cash_rounding_minor bigint      not null,
  change_minor        bigint      not null,
  refunded_minor      bigint      not null default 0,
  flags               text[]      not null default '{}',
  imported_from       text,
  created_at          timestamptz not null,    -- when it was sold, by the till
  received_at         timestamptz not null,    -- when the server had it
  business_date       date        not null,
  sync_version        bigint      not null,
  last_synced_at      timestamptz not null
);
create unique index ix_sales_receipt on sales (store_id, receipt_series, receipt_number) where receipt_number is not null;
create index ix_sales_created_at on sales (store_id, created_at, id);
create index ix_sales_employee on sales (store_id, employee_id, created_at);
create index ix_sales_customer on sales (store_id, customer_id, created_at);
create index ix_sales_payment_method on sales (store_id, payment_method, created_at);
create index ix_sales_payment_status on sales (store_id, payment_status, created_at);
create index ix_sales_status on sales (store_id, status, created_at);
create index ix_sales_shift on sales (store_id, shift_id, created_at);
create index ix_sales_total on sales (store_id, total_minor, created_at);
create index ix_sales_sync on sales (store_id, sync_version, last_synced_at);
alter table sales add primary key (store_id, id);

create table sale_lines (
  store_id              uuid    not null,
  sale_id               uuid    not null,
  line_no               integer not null,
  product_id            uuid    not null,
  sku                   text    not null,
  name                  text    not null,
  quantity_milli        bigint  not null check (quantity_milli > 0),
  unit_price_minor      bigint  not null,
  catalogue_price_minor bigint  not null,
  discount_ppm          integer,
  gross_minor           bigint  not null,
  discount_minor        bigint  not null,
  ticket_discount_minor bigint  not null,
  tax_rate_ppm          integer not null,
  tax_minor             bigint  not null,
  total_minor           bigint  not null,
  foreign key (store_id, sale_id) references sales (store_id, id),
  foreign key (store_id, product_id) references products (store_id, id)
);
create index ix_sale_lines_product on sale_lines (store_id, product_id);
alter table sale_lines add primary key (store_id, sale_id, line_no);

create table refunds (
  store_id       uuid        not null,
  id             uuid        not null,
  sale_id        uuid,             -- null: a return without a sale of ours
  customer_id    uuid,
  employee_id    uuid,
  employee_name  text,
  reason         text        not null,
  restock        boolean     not null,
  total_minor    bigint      not null,
  tax_minor      bigint      not null,
  imported_from  text,
  created_at     timestamptz not null,
  received_at    timestamptz not null,
  business_date  date        not null,
  sync_version   bigint      not null,
  last_synced_at timestamptz not null,
  foreign key (store_id, sale_id) references sales (store_id, id)
);
create index ix_refunds_sale on refunds (store_id, sale_id);
create index ix_refunds_created_at on refunds (store_id, created_at);
alter table refunds add primary key (store_id, id);

create table refund_lines (
  store_id       uuid    not null,
  refund_id      uuid    not null,
  line_no        integer not null,
  sale_id        uuid,             -- null with sale_line_no: goods came back and no sale of ours names them
  sale_line_no   integer,
  product_id     uuid    not null,
  sku            text    not null,
  name           text    not null,
  quantity_milli bigint  not null check (quantity_milli > 0),
  tax_minor      bigint  not null,
  total_minor    bigint  not null,
  foreign key (store_id, refund_id) references refunds (store_id, id),
  foreign key (store_id, sale_id, sale_line_no) references sale_lines (store_id, sale_id, line_no),
  foreign key (store_id, product_id) references products (store_id, id)
);
create index ix_refund_lines_sale on refund_lines (store_id, sale_id, sale_line_no) where sale_id is not null;
create index ix_refund_lines_product on refund_lines (store_id, product_id);
alter table refund_lines add primary key (store_id, refund_id, line_no);

-- Money in (a sale's, positive) and money back (a refund's, negative), one ledger.
create table payments (
  store_id       uuid        not null,
  document_id    uuid        not null, -- the sale or the refund
  payment_no     integer     not null,
  refund         boolean     not null,
  method         text        not null,
  amount_minor   bigint      not null,
  tendered_minor bigint,
  at             timestamptz not null
);
create index ix_payments_at on payments (store_id, at);
alter table payments add primary key (store_id, document_id, payment_no);
