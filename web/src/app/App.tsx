import { Button, Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { m } from '../messages/index.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useServices, useSession } from './services.ts';
import { isCustomer, UserContext } from './user.ts';

const SignInPage = lazy(() => import('../features/identity/SignInPage.tsx'));
const StaffPages = lazy(() => import('./StaffPages.tsx'));
const CustomerPage = lazy(() => import('../features/account/CustomerPage.tsx'));

export function Waiting({ label = m.loading }: { label?: string }) {
  return (
    <Center h="100%" mih={200} role="status" aria-label={label}>
      <Loader />
    </Center>
  );
}

/** Decides who sees what: nobody's, the staff's or the customer's pages, each in a bundle of its own. */
export function App() {
  const state = useSession();
  const { session, outbox, line } = useServices();
  const queries = useQueryClient();
  const userId = state.status === 'signed-in' ? state.user.id : undefined;
  const isStaff = state.status === 'signed-in' && !isCustomer(state.user.role);

  useEffect(() => {
    // What one person could see must not be there for the next.
    if (userId === undefined) queries.clear();
    else void outbox.flush();
  }, [userId, queries, outbox]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another person needs another connection.
  useEffect(() => {
    if (!isStaff) return;
    line.start();
    return () => line.stop();
  }, [isStaff, userId, line]);

  let page: ReactNode;
  if (state.status === 'signed-out') page = <SignInPage ended={state.ended} />;
  else if (state.status === 'starting') page = <Waiting label={m.signIn.starting} />;
  else if (state.status === 'unreachable') page = <Unreachable onRetry={() => void session.start()} />;
  else {
    page = <UserContext value={state.user}>{isStaff ? <StaffPages /> : <CustomerPage />}</UserContext>;
  }
  return <Suspense fallback={<Waiting />}>{page}</Suspense>;
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  useEffect(() => {
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [onRetry]);
  return (
    <EmptyState
      icon={<CloudOff size={40} />}
      title={m.signIn.unreachable}
      text={m.signIn.unreachableText}
      action={<Button onClick={onRetry}>{m.retry}</Button>}
    />
  );
}
