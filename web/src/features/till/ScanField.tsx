import { ActionIcon, Alert, Badge, TextInput } from '@mantine/core';
import { ScanBarcode, X } from 'lucide-react';
import { useFormat } from '../../app/stores.ts';
import { m } from '../../messages/index.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { mainFieldId } from './focus.ts';
import classes from './Till.module.css';
import type { Entry } from './useEntry.ts';

interface Props {
  entry: Entry;
  nextQuantityMilli: number | undefined;
}

export function ScanField({ entry, nextQuantityMilli }: Props) {
  const format = useFormat();
  const clear = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={m.till.clearSearch}
      onClick={() => entry.setText('')}
    >
      <X size={18} />
    </ActionIcon>
  );
  return (
    <div className={classes.scan}>
      <TextInput
        id={mainFieldId}
        type="text"
        size="lg"
        aria-label={m.till.scan}
        aria-description={m.till.scanHint}
        placeholder={m.till.scan}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="done"
        leftSection={<ScanBarcode size={20} aria-hidden />}
        rightSection={entry.text === '' ? <KeyHint keys="F2" /> : clear}
        rightSectionWidth={52}
        value={entry.text}
        onChange={(event) => entry.setText(event.currentTarget.value)}
      />
      {nextQuantityMilli !== undefined && (
        <Badge size="lg" variant="light">
          {m.till.nextQuantity(format.quantity(nextQuantityMilli))}
        </Badge>
      )}
      {entry.unknownCode !== undefined && (
        <Alert color="orange" p="xs" role="alert">
          {m.till.unknownCode(entry.unknownCode)}
        </Alert>
      )}
    </div>
  );
}
