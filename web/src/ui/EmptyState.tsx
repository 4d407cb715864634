import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon?: ReactNode;
  title: string;
  text: string;
  /** The first step. */
  action?: ReactNode;
}

/** Says what will be here and offers the first step. */
export function EmptyState({ icon, title, text, action }: Props) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" ta="center" h="100%" mih={180}>
      <Text component="span" c="dimmed" aria-hidden>
        {icon}
      </Text>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={420}>
        {text}
      </Text>
      {action}
    </Stack>
  );
}
