-- A stock row says at what level the product counted as low at that moment, so that the row alone tells whether the movement
-- crossed it, now and when it is replayed. Otherwise append_changes is as 0001 has it; rows written before lack the field.
create or replace function append_changes(
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
             'deltaMilli', m.delta_milli, 'reason', m.reason, 'lowStockAtMilli', coalesce(p.low_stock_at_milli, 10000))::text order by m.line),
           p_befores || array_agg(json_build_object('onHandMilli', m.on_hand_after_milli - m.delta_milli)::text order by m.line)
      into p_entity_ids, p_versions, p_kinds, p_afters, p_befores
      from stock_moves m left join products p on p.store_id = m.store_id and p.id = m.product_id
      where m.store_id = p_store and m.op_id = p_op;
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
