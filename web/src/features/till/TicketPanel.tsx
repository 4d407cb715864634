import { ActionIcon, Button } from '@mantine/core';
import { ChevronDown, ChevronUp, ShoppingBasket, Trash2, X } from 'lucide-react';
import { useServices } from '../../app/services.ts';
import { useFormat } from '../../app/stores.ts';
import type { DeviceRegister } from '../../client/receiptSeries.ts';
import { m } from '../../messages/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { TicketLineRow } from './TicketLineRow.tsx';
import { TicketTotals } from './TicketTotals.tsx';
import classes from './Till.module.css';
import { UndoBar } from './UndoBar.tsx';
import type { Till } from './useTill.ts';
import type { TillActions } from './useTillActions.ts';

interface Props {
  till: Till;
  actions: TillActions;
  register: DeviceRegister | undefined;
}

/** The basket; on a narrow screen a sheet at the bottom whose total and Pay stay in sight. */
export function TicketPanel({ till, actions, register }: Props) {
  const format = useFormat();
  const { state, priced, dispatch } = till;
  const { lines } = state.ticket;
  const isDone = state.phase === 'done';
  return (
    <aside className={classes.ticket} data-open={actions.isTicketOpen || undefined} aria-label={m.till.ticket}>
      <TicketHead till={till} actions={actions} register={register} />
      <div className={classes.ticketBody}>
        {lines.length === 0 ? (
          <EmptyState icon={<ShoppingBasket size={32} />} title={m.till.empty} text={m.till.emptyText} />
        ) : (
          <ol className={classes.lines} aria-label={m.till.lines}>
            {lines.map((line, index) => (
              <TicketLineRow
                key={line.lineId}
                line={line}
                priced={priced.lines[index]}
                isSelected={!isDone && line.lineId === state.selectedLineId}
                dispatch={dispatch}
                onDiscount={() => actions.open('discount')}
              />
            ))}
          </ol>
        )}
      </div>
      <UndoBar till={till} />
      <TicketTotals till={till} />
      {state.phase === 'selling' && (
        <Button
          className={classes.pay}
          size="xl"
          fullWidth
          disabled={lines.length === 0}
          rightSection={<KeyHint keys="Enter" />}
          onClick={actions.pay}
        >
          {m.till.pay(format.money(priced.totalMinor))}
        </Button>
      )}
    </aside>
  );
}

function TicketHead({ till: { state, dispatch }, actions, register }: Props) {
  const { receipts } = useServices();
  const { lines, customer } = state.ticket;
  const isSelling = state.phase === 'selling';
  const last = register && receipts.register(register.storeId)?.lastNumber;
  const ticketName = last === undefined ? m.till.ticket : m.till.ticketNo(state.phase === 'done' ? last : last + 1);
  const Chevron = actions.isTicketOpen ? ChevronDown : ChevronUp;
  return (
    <div className={classes.ticketHead}>
      <button
        type="button"
        className={classes.sheetToggle}
        aria-expanded={actions.isTicketOpen}
        aria-label={actions.isTicketOpen ? m.till.hideTicket : m.till.showTicket}
        onClick={actions.toggleTicket}
      >
        <Chevron size={20} />
      </button>
      <strong>{ticketName}</strong>
      {customer !== undefined && (
        <span className={classes.customer}>
          {customer.name}
          {isSelling && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={m.customers.remove}
              onClick={() => dispatch({ type: 'customer', customer: undefined })}
            >
              <X size={16} />
            </ActionIcon>
          )}
        </span>
      )}
      <span className={classes.count}>{m.till.items(lines.length)}</span>
      {isSelling && lines.length > 0 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={m.till.clear}
          onClick={() => dispatch({ type: 'clear' })}
        >
          <Trash2 size={18} />
        </ActionIcon>
      )}
    </div>
  );
}
