-- The change log: one gapless, commit-ordered, hash-chained stream per store.
-- The nil store id (00000000-…) is the stream of chain-wide data: accounts, stores, settings.
-- Primary keys are added after the other indexes; 0002 says why.

create table store_head (
  store_id uuid primary key,
  seq      bigint not null default 0,
  hash     bytea  not null default decode(repeat('00', 32), 'hex'),
  epoch    uuid   not null
) with (fillfactor = 10); -- rewritten by every commit: room on the page keeps each rewrite heap-only

create table change_log (
  store_id    uuid        not null,
  seq         bigint      not null,
  op_id       uuid        not null,
  entity      text        not null,
  entity_id   uuid        not null,
  version     bigint      not null,
  kind        text        not null check (kind in ('create', 'update', 'delete')),
  actor_id    uuid,
  device_id   uuid,
  client_at   timestamptz,
  at          timestamptz not null,
  after       text,          -- create: the whole entity; update: the changed fields; delete: null
  before      text,          -- create: null; update: what those fields were; delete: the whole entity
  ip          text,
  salt        bytea       not null,
  body_digest bytea       not null, -- sha256(salt, after, before, ip): the body can be erased and the chain still verifies
  hash        bytea       not null  -- sha256(hash of seq - 1, header, body_digest)
);
create index ix_change_log_entity on change_log (store_id, entity, entity_id, seq);
alter table change_log add primary key (store_id, seq);

create table operation (
  store_id     uuid        not null,
  op_id        uuid        not null,
  type         text        not null,
  request_hash bytea       not null,
  status       smallint    not null,
  response     text        not null,
  seq          bigint      not null,
  actor_id     uuid,
  device_id    uuid,
  device_seq   bigint,
  at           timestamptz not null
);
create unique index ix_operation_device on operation (store_id, device_id, device_seq) where device_seq is not null;
alter table operation add primary key (store_id, op_id);

-- Stock moves by deltas only; a move names the operation that made it and the level it left.
create table stock (
  store_id       uuid   not null,
  product_id     uuid   not null,
  on_hand_milli  bigint not null default 0, -- thousandths of a unit
  reserved_milli bigint not null default 0,
  version        bigint not null default 0
) with (fillfactor = 70);

create table stock_moves (
  store_id             uuid        not null,
  op_id                uuid        not null,
  line                 integer     not null,
  product_id           uuid        not null,
  delta_milli          bigint      not null,
  on_hand_after_milli  bigint      not null,
  reserved_after_milli bigint      not null,
  version_after        bigint      not null,
  reason               text        not null,
  ref_id               uuid,
  at                   timestamptz not null
);
create index ix_stock_moves_product on stock_moves (store_id, product_id, at);
alter table stock_moves add primary key (store_id, op_id, line);

-- Moves the stock of several products in product order, so that two operations can never wait for each other in a ring.
-- Must run before append_changes of the same operation, which writes the log rows of these moves.
create function move_stock(
  p_store uuid, p_op uuid, p_at timestamptz, p_reason text, p_ref uuid, p_products uuid[], p_deltas bigint[]
) returns void language plpgsql as $$
declare
  v_line integer;
begin
  select coalesce(max(m.line), 0) into v_line from stock_moves m where m.store_id = p_store and m.op_id = p_op;
  with wanted as (
    select w.product_id, sum(w.delta_milli)::bigint as delta_milli
    from unnest(p_products, p_deltas) as w(product_id, delta_milli)
    group by w.product_id
    order by w.product_id
  ), moved as (
    insert into stock as s (store_id, product_id, on_hand_milli, version)
    select p_store, w.product_id, w.delta_milli, 1 from wanted w
    on conflict (store_id, product_id) do update set on_hand_milli = s.on_hand_milli + excluded.on_hand_milli, version = s.version + 1
    returning s.product_id, s.on_hand_milli, s.reserved_milli, s.version
  )
  insert into stock_moves (store_id, op_id, line, product_id, delta_milli, on_hand_after_milli, reserved_after_milli, version_after, reason, ref_id, at)
  select p_store, p_op, v_line + (row_number() over (order by w.product_id))::integer,
         w.product_id, w.delta_milli, m.on_hand_milli, m.reserved_milli, m.version, p_reason, p_ref, p_at
  from wanted w join moved m using (product_id);
end $$;

-- The last statement of every business transaction: stores the operation's answer, takes the store's head row,
-- numbers and chains the changes (then the stock moves of the operation) and inserts them.
-- The head's lock is held from here to the commit, so the order of seq is the order of commit.
create function append_changes(
  p_store uuid, p_op uuid, p_type text, p_request_hash bytea, p_status smallint, p_response text,
  p_actor uuid, p_device uuid, p_device_seq bigint, p_client_at timestamptz, p_at timestamptz, p_ip text,
  p_entities text[], p_entity_ids uuid[], p_versions bigint[], p_kinds text[], p_afters text[], p_befores text[],
  out first_seq bigint, out last_seq bigint, out epoch uuid
) language plpgsql as $$
declare
  v_salts    bytea[];
  v_digests  bytea[];
  v_headers  bytea[];
  v_hashes   bytea[];
  v_hash     bytea;
  v_seq      bigint;
  v_count    integer;
  v_tail     text;
begin
  -- Everything that does not need the head is computed before its lock is taken.
  p_entities := p_entities || array(select 'stock' from stock_moves m where m.store_id = p_store and m.op_id = p_op);
  if cardinality(p_entities) > cardinality(p_entity_ids) then
    select p_entity_ids || array_agg(m.product_id order by m.line),
           p_versions || array_agg(m.version_after order by m.line),
           p_kinds || array_agg(case when m.version_after = 1 then 'create' else 'update' end order by m.line),
           p_afters || array_agg(json_build_object(
             'productId', m.product_id, 'onHandMilli', m.on_hand_after_milli, 'reservedMilli', m.reserved_after_milli,
             'deltaMilli', m.delta_milli, 'reason', m.reason)::text order by m.line),
           p_befores || array_agg(json_build_object('onHandMilli', m.on_hand_after_milli - m.delta_milli)::text order by m.line)
      into p_entity_ids, p_versions, p_kinds, p_afters, p_befores
      from stock_moves m where m.store_id = p_store and m.op_id = p_op;
  end if;
  v_count := cardinality(p_entities);

  v_tail := concat_ws('|', coalesce(p_actor::text, '-'), coalesce(p_device::text, '-'),
    coalesce((extract(epoch from p_client_at) * 1000)::bigint::text, '-'), (extract(epoch from p_at) * 1000)::bigint);
  select array_agg(r.salt order by r.i),
         array_agg(sha256(r.salt || convert_to(coalesce(r.after, '') || chr(31) || coalesce(r.before, '') || chr(31) || coalesce(p_ip, ''), 'UTF8')) order by r.i),
         array_agg(convert_to(concat_ws('|', p_op, r.entity, r.entity_id, r.version, r.kind, v_tail), 'UTF8') order by r.i)
    into v_salts, v_digests, v_headers
    from (
      select uuid_send(gen_random_uuid()) as salt, u.*
      from unnest(p_entities, p_entity_ids, p_versions, p_kinds, p_afters, p_befores)
        with ordinality as u(entity, entity_id, version, kind, after, before, i)
    ) r;

  select h.seq, h.hash, h.epoch into strict v_seq, v_hash, epoch
    from store_head h where h.store_id = p_store for update;
  first_seq := v_seq + 1;
  last_seq := v_seq + v_count;
  for i in 1 .. v_count loop
    v_hash := sha256(v_hash || convert_to(concat(p_store, '|', v_seq + i, '|'), 'UTF8') || v_headers[i] || v_digests[i]);
    v_hashes[i] := v_hash;
  end loop;

  insert into change_log (store_id, seq, op_id, entity, entity_id, version, kind, actor_id, device_id, client_at, at,
                          after, before, ip, salt, body_digest, hash)
  select p_store, v_seq + u.i, p_op, u.entity, u.entity_id, u.version, u.kind, p_actor, p_device, p_client_at, p_at,
         u.after, u.before, p_ip, u.salt, u.digest, u.hash
  from unnest(p_entities, p_entity_ids, p_versions, p_kinds, p_afters, p_befores, v_salts, v_digests, v_hashes)
    with ordinality as u(entity, entity_id, version, kind, after, before, salt, digest, hash, i);

  insert into operation (store_id, op_id, type, request_hash, status, response, seq, actor_id, device_id, device_seq, at)
  values (p_store, p_op, p_type, p_request_hash, p_status, p_response, last_seq, p_actor, p_device, p_device_seq, p_at);

  update store_head h set seq = last_seq, hash = v_hash where h.store_id = p_store;
end $$;

-- A guard inside a batch: the write goes on only if the row was still what the decision was made on.
create function require_fresh(p_rows bigint) returns void language plpgsql as $$
begin
  if p_rows = 0 then
    raise exception 'changed since it was read' using errcode = 'CS001';
  end if;
end $$;

insert into store_head (store_id, epoch) values ('00000000-0000-0000-0000-000000000000', gen_random_uuid());
