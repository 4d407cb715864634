import { useState } from 'react';
import type { Catalogue } from '../../client/catalogue.ts';
import type { DeviceRegister } from '../../client/receiptSeries.ts';
import { m } from '../../messages/index.ts';
import { KeyOverlay } from '../../ui/KeyOverlay.tsx';
import { ActionBar } from './ActionBar.tsx';
import { CategoryBar } from './CategoryBar.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { DiscountDialog } from './DiscountDialog.tsx';
import { DonePanel } from './DonePanel.tsx';
import { ParkedDialog } from './ParkedDialog.tsx';
import { PayPanel } from './PayPanel.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import { ScanField } from './ScanField.tsx';
import { TicketPanel } from './TicketPanel.tsx';
import classes from './Till.module.css';
import { useEntry } from './useEntry.ts';
import { useTill } from './useTill.ts';
import { useTillActions } from './useTillActions.ts';
import { useTillKeys } from './useTillKeys.ts';

interface Props {
  catalogue: Catalogue;
  register: DeviceRegister | undefined;
}

/** The selling screen: products left, the ticket right; paying and the receipt take the products' place. */
export function TillScreen({ catalogue, register }: Props) {
  const till = useTill(register);
  const [categoryId, setCategoryId] = useState<string>();
  const entry = useEntry(catalogue, till, categoryId);
  const actions = useTillActions(till);
  useTillKeys(till, entry, actions);
  const { state } = till;

  return (
    <main className={classes.screen} data-phase={state.phase}>
      <section className={classes.left} aria-label={state.phase === 'paying' ? m.pay.title : m.till.products}>
        {state.phase === 'selling' && (
          <>
            <ScanField entry={entry} nextQuantityMilli={state.nextQuantityMilli} />
            <CategoryBar categories={catalogue.categories} chosen={categoryId} onChoose={setCategoryId} />
            <ProductGrid entry={entry} ticket={state.ticket} />
          </>
        )}
        {state.phase === 'paying' && <PayPanel till={till} />}
        {state.done !== undefined && <DonePanel sold={state.done} onNext={() => till.dispatch({ type: 'next' })} />}
        {state.phase === 'selling' && <ActionBar till={till} actions={actions} />}
      </section>
      <TicketPanel till={till} actions={actions} register={register} />
      <output className={classes.spoken} aria-live="polite">
        {entry.spoken}
      </output>
      <CustomerDialog opened={actions.dialog === 'customer'} till={till} onClose={actions.close} />
      {actions.dialog === 'discount' && <DiscountDialog till={till} onClose={actions.close} />}
      <ParkedDialog opened={actions.dialog === 'parked'} till={till} onClose={actions.close} />
      <KeyOverlay opened={actions.dialog === 'keys'} onClose={actions.close} keys={m.keys.till} />
    </main>
  );
}
