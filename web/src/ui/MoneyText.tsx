import { Text, type TextProps } from '@mantine/core';
import type { Format } from './format.ts';

interface Props extends TextProps {
  minor: number;
  format: Format;
  /** Names the currency; leave it out in columns that name it once. */
  withCurrency?: boolean;
}

/** An amount: digits that line up, a true minus sign, never told by colour alone. */
export function MoneyText({ minor, format, withCurrency = false, ...text }: Props) {
  const written = withCurrency ? format.money(minor) : format.amount(minor);
  return (
    <Text component="span" {...text} style={{ whiteSpace: 'nowrap', textAlign: 'right' }}>
      {written.replace('-', '−')}
    </Text>
  );
}
