import { NativeSelect } from '@mantine/core';
import { Suspense } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { Waiting } from '../../app/App.tsx';
import { type Page, pathTo, useStore, useStores } from '../../app/stores.ts';
import { useUser } from '../../app/user.ts';
import { m } from '../../messages/index.ts';
import { AccountMenu, pages } from '../../ui/AccountMenu.tsx';
import { StatusStrip } from '../../ui/StatusStrip.tsx';
import classes from './OfficeLayout.module.css';

/** The office: pages on the left (at the bottom on a phone), the store on top, the state in its one place. */
export default function OfficeLayout() {
  const store = useStore();
  const user = useUser();
  return (
    <div className={classes.page}>
      <StatusStrip
        left={<StoreSwitcher />}
        who={[`${user.name} (${m.account.role[user.role]})`]}
        right={<AccountMenu />}
      />
      <nav className={classes.nav} aria-label={m.nav.label}>
        {pages.map(({ page, icon: Icon }) => (
          <NavLink key={page} to={pathTo(store, page)} className={classes.link ?? ''}>
            <Icon size={20} aria-hidden />
            {m.nav[page]}
          </NavLink>
        ))}
      </nav>
      <main className={classes.content}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function StoreSwitcher() {
  const store = useStore();
  const stores = useStores().data ?? [];
  const navigate = useNavigate();
  const page = useLocation().pathname.split('/')[3] as Page;
  if (stores.length < 2) return <strong className={classes.store}>{store.name}</strong>;
  return (
    <NativeSelect
      aria-label={m.account.store}
      className={classes.store}
      value={store.code}
      data={stores.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={(event) => {
        const next = stores.find(({ code }) => code === event.currentTarget.value);
        if (next !== undefined) void navigate(pathTo(next, page));
      }}
    />
  );
}
