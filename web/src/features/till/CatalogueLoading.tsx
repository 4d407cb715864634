import { Center, Loader, Stack, Text } from '@mantine/core';
import { m } from '../../messages/index.ts';

export function CatalogueLoading({ loaded }: { loaded: number }) {
  return (
    <Center h="100%" mih={200}>
      <Stack align="center" role="status">
        <Loader />
        <Text c="dimmed">{m.till.loadingCatalogue(loaded)}</Text>
      </Stack>
    </Center>
  );
}
