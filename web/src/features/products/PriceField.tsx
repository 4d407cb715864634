import { Button, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useFormat, useStore } from '../../app/stores.ts';
import { parseAmount } from '../../client/amounts.ts';
import type { Catalogue } from '../../client/catalogue.ts';
import { newId } from '../../client/ids.ts';
import { type Product, productSchema } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import classes from './PriceField.module.css';

interface Props {
  product: Product;
  catalogue: Catalogue;
}

/** A price that opens into a field where it stands. */
export function PriceField({ product, catalogue }: Props) {
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus withArrow>
      <Popover.Target>
        <UnstyledButton
          className={classes.price ?? ''}
          aria-label={`${m.products.editPrice(product.name)}: ${format.money(product.priceMinor)}`}
          onClick={() => setOpen(true)}
        >
          <MoneyText minor={product.priceMinor} format={format} inherit />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <PriceForm product={product} catalogue={catalogue} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function PriceForm({ product, catalogue, onDone }: Props & { onDone: () => void }) {
  const { api } = useServices();
  const store = useStore();
  const format = useFormat();
  const [text, setText] = useState(format.amount(product.priceMinor));
  const [error, setError] = useState<string>();
  const operation = useRef({ priceMinor: -1, operationId: '' });
  const save = useMutation({
    mutationFn: (priceMinor: number) => {
      // Kept over repeats of the same price and made anew for another: one intention, one operation.
      if (operation.current.priceMinor !== priceMinor) operation.current = { priceMinor, operationId: newId() };
      return api.send('PATCH', `/api/stores/${store.id}/products/${product.id}`, productSchema, {
        operationId: operation.current.operationId,
        baseVersion: product.syncVersion,
        body: { priceMinor },
      });
    },
    onSuccess: (changed) => {
      catalogue.put(changed);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const priceMinor = parseAmount(text, store.currencyDigits);
    setError(priceMinor === undefined ? m.products.priceInvalid : undefined);
    if (priceMinor !== undefined) save.mutate(priceMinor);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" style={{ whiteSpace: 'normal' }}>
        <TextInput
          data-autofocus
          label={m.products.editPrice(product.name)}
          inputMode="decimal"
          autoComplete="off"
          rightSection={store.currency}
          rightSectionWidth={52}
          value={text}
          error={error}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {save.isError && <ProblemNotice what={m.products.priceFailed} error={save.error} />}
        <Button type="submit" loading={save.isPending}>
          {m.save}
        </Button>
      </Stack>
    </form>
  );
}
