import { Button, Container } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Navigate, Outlet, Route, Routes, useParams } from 'react-router';
import { m } from '../messages/index.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';
import { Waiting } from './App.tsx';
import { pathTo, preferredStore, rememberStore, StoreContext, useStores } from './stores.ts';
import { canManage, useUser } from './user.ts';

const TillPage = lazy(() => import('../features/till/TillPage.tsx'));
const OfficeLayout = lazy(() => import('../features/office/OfficeLayout.tsx'));
const LivePage = lazy(() => import('../features/live/LivePage.tsx'));
const SalesPage = lazy(() => import('../features/sales/SalesPage.tsx'));
const SalePage = lazy(() => import('../features/sales/SalePage.tsx'));
const ProductsPage = lazy(() => import('../features/products/ProductsPage.tsx'));

/** Everything staff see, each page loaded when it is first opened. */
export default function StaffPages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/stores/:code" element={<StoreGate />}>
          <Route index element={<Home />} />
          <Route path="sell" element={<TillPage />} />
          <Route element={<OfficeLayout />}>
            <Route path="live" element={<LivePage />} />
            <Route path="sales" element={<SalesPage />} />
            <Route path="sales/:saleId" element={<SalePage />} />
            <Route path="products" element={<ProductsPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

function Home() {
  const user = useUser();
  const stores = useStores();
  if (stores.isPending) return <Waiting />;
  if (stores.isError) return <StoresFailed error={stores.error} onRetry={() => void stores.refetch()} />;
  const store = preferredStore(stores.data);
  if (store === undefined) return <EmptyState title={m.account.noStores} text={m.account.noStoresText} />;
  return <Navigate to={pathTo(store, canManage(user) ? 'live' : 'sell')} replace />;
}

/** Everything below it has a store: the one named in the address. */
function StoreGate() {
  const { code } = useParams();
  const stores = useStores();
  const store = stores.data?.find((candidate) => candidate.code === code);
  useEffect(() => {
    if (store !== undefined) rememberStore(store);
  }, [store]);
  if (stores.isPending) return <Waiting />;
  if (stores.isError) return <StoresFailed error={stores.error} onRetry={() => void stores.refetch()} />;
  if (store === undefined) return <NotFound />;
  return (
    <StoreContext value={store} key={store.id}>
      <Outlet />
    </StoreContext>
  );
}

function StoresFailed(props: { error: Error; onRetry: () => void }) {
  return (
    <Container size="xs" pt="xl">
      <ProblemNotice what={m.account.storesFailed} {...props} />
    </Container>
  );
}

function NotFound() {
  return (
    <EmptyState
      title={m.notFound.title}
      text={m.notFound.text}
      action={
        <Button component={Link} to="/">
          {m.notFound.home}
        </Button>
      }
    />
  );
}
