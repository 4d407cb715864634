import { Button, TextInput } from '@mantine/core';
import { ArrowLeft, Banknote, CreditCard, Ticket as Voucher } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFormat, useStore } from '../../app/stores.ts';
import { parseAmount } from '../../client/amounts.ts';
import { cashDueMinor, likelyCash } from '../../client/payment.ts';
import type { PaymentMethod } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { mainFieldId } from './focus.ts';
import classes from './Pay.module.css';
import { TenderList } from './TenderList.tsx';
import type { Till } from './useTill.ts';

/** Payment: what is due as large as it gets, then one press for the usual cases. */
export function PayPanel({ till }: { till: Till }) {
  const format = useFormat();
  const { currency, currencyDigits, cashRoundingMinor } = useStore();
  const { state, leftMinor, dispatch } = till;
  const payment = usePayment(till);
  const cashMinor = cashDueMinor(leftMinor, cashRoundingMinor);
  return (
    <div className={classes.panel}>
      <div>
        <div className={classes.label}>{state.tenders.length > 0 ? m.pay.left : m.pay.due}</div>
        <MoneyText className={classes.due} minor={leftMinor} format={format} withCurrency />
        {cashMinor !== leftMinor && <div className={classes.label}>{m.pay.cashDue(format.money(cashMinor))}</div>}
      </div>
      <TenderList tenders={state.tenders} onTakeBack={(index) => dispatch({ type: 'take-back', index })} />
      <fieldset className={classes.notes} aria-label={m.pay.notes}>
        <Button
          size="xl"
          variant="filled"
          leftSection={<Banknote size={22} aria-hidden />}
          rightSection={<KeyHint keys="F8" />}
          onClick={payment.exact}
        >
          {m.pay.exact} {format.amount(cashMinor)}
        </Button>
        {likelyCash(cashMinor, currency, currencyDigits).map((amountMinor) => (
          <Button key={amountMinor} size="xl" variant="default" onClick={() => till.payCash(amountMinor)}>
            {format.amount(amountMinor)}
          </Button>
        ))}
      </fieldset>
      <TextInput
        id={mainFieldId}
        size="lg"
        label={m.pay.handed}
        description={m.pay.split}
        inputMode="decimal"
        autoComplete="off"
        value={payment.text}
        error={payment.error}
        onChange={(event) => payment.setText(event.currentTarget.value)}
      />
      <div className={classes.methods}>
        <Button size="lg" variant="default" rightSection={<KeyHint keys="Enter" />} onClick={payment.cash}>
          {m.pay.cash}
        </Button>
        <Button
          size="lg"
          variant="default"
          leftSection={<CreditCard size={20} aria-hidden />}
          rightSection={<KeyHint keys="F9" />}
          onClick={() => payment.other('card')}
        >
          {m.pay.card}
        </Button>
        <Button
          size="lg"
          variant="default"
          leftSection={<Voucher size={20} aria-hidden />}
          onClick={() => payment.other('voucher')}
        >
          {m.pay.voucher}
        </Button>
      </div>
      <p className={classes.hint}>{m.pay.terminal}</p>
      {till.failure !== undefined && (
        <ProblemNotice what={m.pay.failed} explanation={m.pay.failedText} error={till.failure} />
      )}
      <Button
        variant="subtle"
        h={44}
        leftSection={<ArrowLeft size={18} aria-hidden />}
        rightSection={<KeyHint keys="Esc" />}
        onClick={() => dispatch({ type: 'back' })}
      >
        {m.pay.back}
      </Button>
    </div>
  );
}

/** What stands in the amount field, and what each way of paying makes of it. */
function usePayment(till: Till) {
  const { currencyDigits, cashRoundingMinor } = useStore();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const typedMinor = text.trim() === '' ? undefined : parseAmount(text, currencyDigits);
  const { leftMinor } = till;

  const guard = (fault: string | undefined, act: () => void) => {
    setError(fault);
    if (fault !== undefined) return;
    act();
    setText('');
  };
  const isUnreadable = text.trim() !== '' && (typedMinor === undefined || typedMinor === 0);
  const cash = () => {
    const fault = isUnreadable ? m.pay.invalidAmount : typedMinor === undefined ? m.pay.typeAmount : undefined;
    guard(fault, () => till.payCash(typedMinor ?? 0));
  };
  const other = (method: PaymentMethod) => {
    const amountMinor = typedMinor ?? leftMinor;
    const fault = isUnreadable ? m.pay.invalidAmount : amountMinor > leftMinor ? m.pay.tooMuch : undefined;
    guard(fault, () => till.payOther(method, amountMinor));
  };
  const exact = () => till.payCash(cashDueMinor(leftMinor, cashRoundingMinor));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      const act = { F8: exact, F9: () => other('card'), ...(!isOnButton && { Enter: cash }) }[event.key];
      if (act === undefined || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return { text, setText, error, cash, other, exact };
}
