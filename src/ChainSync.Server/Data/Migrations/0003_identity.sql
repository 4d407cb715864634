-- People, their sessions and what guards them. Accounts and employees are business data and in the log;
-- sessions, refresh tokens, attempts and secrets are the server's own and never are.

create table accounts (
  id             uuid primary key,          -- an employee with an account has the same id in both
  email          text        not null,      -- trimmed, lower case
  name           text        not null,
  role           text        not null check (role in ('customer', 'staff', 'manager', 'admin')),
  store_ids      uuid[]      not null default '{}',
  customer_id    uuid,
  password_hash  text        not null,
  active         boolean     not null,
  sync_version   bigint      not null,
  last_synced_at timestamptz not null
);
create unique index ix_accounts_email on accounts (email);
create index ix_accounts_sync on accounts (sync_version, last_synced_at);

-- accounts.store_ids is the truth; this table checks the stores and finds a store's accounts. Kept by the trigger below.
create table account_stores (
  store_id   uuid not null references stores (id),
  account_id uuid not null references accounts (id) on delete cascade,
  primary key (store_id, account_id)
);
create index ix_account_stores_account on account_stores (account_id);

create function keep_account_stores() returns trigger language plpgsql as $$
begin
  delete from account_stores s where s.account_id = new.id and s.store_id <> all (new.store_ids);
  insert into account_stores (store_id, account_id) select distinct s, new.id from unnest(new.store_ids) as s on conflict do nothing;
  return null;
end $$;
create trigger account_stores_kept after insert or update of store_ids on accounts
  for each row execute function keep_account_stores();

create table employees (
  store_id       uuid        not null references stores (id),
  id             uuid        not null,
  name           text        not null,
  email          text,
  role           text        not null check (role in ('staff', 'manager')),
  active         boolean     not null,
  pin_lookup     bytea,                     -- HMAC of store and PIN under a key of ours: finds the row, tells nothing
  pin_hash       text,                      -- slow hash: verifies it
  sync_version   bigint      not null,
  last_synced_at timestamptz not null,
  primary key (store_id, id),
  check ((pin_lookup is null) = (pin_hash is null))
);
create index ix_employees_active_name on employees (store_id, active, name);
create unique index ix_employees_email on employees (store_id, email);
create unique index ix_employees_pin_lookup on employees (store_id, pin_lookup);
create index ix_employees_role on employees (store_id, role);
create index ix_employees_sync on employees (store_id, sync_version, last_synced_at);

create table server_secrets (
  name       text primary key,
  kid        text        not null,
  value      bytea       not null,
  created_at timestamptz not null
);

create table sessions (
  id              uuid primary key,
  person_id       uuid        not null,     -- the account, or for a PIN session the employee
  store_id        uuid,                     -- with register_id: a PIN session at that till
  register_id     uuid,
  presented_hash  bytea,                    -- the newest refresh token that was used; see Sessions
  ip              text,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  ended_at        timestamptz,
  end_reason      text check (end_reason in ('logout', 'logout-everywhere', 'reuse')),
  check ((store_id is null) = (register_id is null)),
  check ((ended_at is null) = (end_reason is null))
);
create index ix_sessions_person on sessions (person_id) where ended_at is null;
create index ix_sessions_ended on sessions (ended_at) where ended_at is not null;
create index ix_sessions_expires on sessions (expires_at);

create table refresh_tokens (
  hash        bytea primary key,            -- SHA-256 of the token; the token itself is in the browser's cookie only
  session_id  uuid        not null references sessions (id) on delete cascade,
  parent_hash bytea,                        -- the token it was given out for; null for a session's first
  issued_at   timestamptz not null,
  expires_at  timestamptz not null
);
create index ix_refresh_tokens_session on refresh_tokens (session_id);

-- Failed sign-ins by what was tried: an account (hash of its address), a till, a network address. A leaking bucket:
-- each failure adds one to the level, which falls by one per p_forget; not while the key is locked, for then nobody can fail.
create table sign_in_attempts (
  key          text primary key,
  level        double precision not null,
  last_at      timestamptz      not null,
  locked_until timestamptz      not null
);
create index ix_sign_in_attempts_last on sign_in_attempts (last_at);

-- Counts an attempt as failed before it is looked at, so that parallel guesses cannot outrun the count; the right ones
-- are taken back. From the p_free-th on it locks the key for p_first, doubling up to p_longest.
-- Answers null when the attempt may be made, else until when the key is locked (and counts nothing).
create function take_sign_in_attempt(
  p_key text, p_at timestamptz, p_free integer, p_first interval, p_longest interval, p_forget interval
) returns timestamptz language plpgsql as $$
declare
  v       sign_in_attempts;
  v_level double precision;
begin
  insert into sign_in_attempts (key, level, last_at, locked_until) values (p_key, 0, p_at, p_at)
    on conflict (key) do update set key = excluded.key returning * into v;
  if v.locked_until > p_at then return v.locked_until; end if;
  v_level := greatest(0, v.level - extract(epoch from p_at - greatest(v.last_at, v.locked_until)) / extract(epoch from p_forget)) + 1;
  update sign_in_attempts a set level = v_level, last_at = p_at,
    locked_until = case when ceil(v_level) < p_free then p_at
                        else p_at + least(p_longest, p_first * power(2, least(ceil(v_level) - p_free, 20))) end
    where a.key = p_key;
  return null;
end $$;

