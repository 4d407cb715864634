import { Container } from '@mantine/core';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../app/catalogue.ts';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { useUser } from '../../app/user.ts';
import { m } from '../../messages/index.ts';
import { AccountMenu } from '../../ui/AccountMenu.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { StatusStrip } from '../../ui/StatusStrip.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { CatalogueLoading } from './CatalogueLoading.tsx';
import { RegisterSetup } from './RegisterSetup.tsx';
import classes from './Till.module.css';
import { TillScreen } from './TillScreen.tsx';

/** The till: needs a register (set up once) and the catalogue, then sells. */
export default function TillPage() {
  const store = useStore();
  const user = useUser();
  useTitle(m.till.title, store.name);
  const { receipts } = useServices();
  const [register, setRegister] = useState(() => receipts.register(store.id));
  const [withoutRegister, setWithoutRegister] = useState(false);
  const { query, loaded } = useCatalogue();
  const place = register === undefined ? m.status.noRegister : m.status.register(register.number);
  const cashier = `${user.name} (${m.account.role[user.role]})`;

  let body = <CatalogueLoading loaded={loaded} />;
  if (register === undefined && !withoutRegister) {
    body = <RegisterSetup onReady={setRegister} onWithout={() => setWithoutRegister(true)} />;
  } else if (query.isError) {
    body = (
      <Container size="xs" pt="xl">
        <ProblemNotice what={m.till.catalogueFailed} error={query.error} onRetry={() => void query.refetch()} />
      </Container>
    );
  } else if (query.data?.size === 0) {
    body = (
      <EmptyState icon={<PackageOpen size={40} />} title={m.till.emptyCatalogue} text={m.till.emptyCatalogueText} />
    );
  } else if (query.data !== undefined) {
    body = <TillScreen catalogue={query.data} register={register} />;
  }

  return (
    <div className={classes.page}>
      <StatusStrip who={[store.name, place, cashier]} right={<AccountMenu />} />
      {body}
    </div>
  );
}
