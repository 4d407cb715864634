import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { newId } from '../../client/ids.ts';
import { leftMilli, payBack, refundTotalMinor } from '../../client/refund.ts';
import { type Refund, refundSchema, type Sale } from '../../client/wire.ts';

/** The state of one refund dialog and its sending. */
export function useRefund(sale: Sale, earlier: readonly Refund[], onDone: () => void) {
  const { api } = useServices();
  const store = useStore();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  const [reason, setReason] = useState('');
  const [restock, setRestock] = useState(true);
  // Kept over repeats of the same refund and made anew when it changes: one intention, one operation.
  const operation = useRef({ body: '', id: '', operationId: '', refundedAt: '' });

  const lines = [...chosen].map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli }));
  const totalMinor = refundTotalMinor(sale, earlier, lines);
  const back = payBack(totalMinor, sale, earlier, store.cashRoundingMinor);
  const mutation = useMutation({
    mutationFn: () => {
      const content = { lines, reason: reason.trim(), ...back, restock };
      const written = JSON.stringify(content);
      if (operation.current.body !== written) {
        operation.current = { body: written, id: newId(), operationId: newId(), refundedAt: new Date().toISOString() };
      }
      const { id, operationId, refundedAt } = operation.current;
      const path = `/api/stores/${store.id}/sales/${sale.id}/refunds`;
      return api.send('POST', path, refundSchema, { operationId, body: { id, ...content, refundedAt } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sale', store.id, sale.id] });
      void queries.invalidateQueries({ queryKey: ['sales', store.id] });
      onDone();
    },
  });
  const choose = (lineNo: number, quantityMilli: number) =>
    setChosen((before) => new Map([...before, [lineNo, quantityMilli] as const].filter(([, milli]) => milli > 0)));
  const chooseAll = () =>
    setChosen(
      new Map(sale.lines.map((line) => [line.lineNo, leftMilli(line)] as const).filter(([, milli]) => milli > 0)),
    );
  return {
    chosen,
    choose,
    chooseAll,
    reason,
    setReason,
    restock,
    setRestock,
    totalMinor,
    back,
    submit: () => mutation.mutate(),
    isPending: mutation.isPending,
    error: mutation.error,
  };
}
