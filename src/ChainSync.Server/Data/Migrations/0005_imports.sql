-- Imports that were asked for over HTTP, so that their outcome outlives the server that ran them. No store data: what an import
-- writes is in the store's log.
create table imports (
  store_id         uuid        not null references stores (id),
  id               uuid        not null,   -- the operation id of the request
  dry_run          boolean     not null,
  state            text        not null check (state in ('running', 'done', 'failed')),
  progress         text        not null,   -- JSON, as it is answered
  error            text,
  rejects          text        not null default '', -- CSV
  cancel_requested boolean     not null default false,
  actor_id         uuid,
  started_at       timestamptz not null,
  changed_at       timestamptz not null,
  primary key (store_id, id)
);
create unique index ix_imports_running on imports (store_id) where state = 'running';
