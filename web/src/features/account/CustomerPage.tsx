import { Button, Container, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useServices } from '../../app/services.ts';
import { useUser } from '../../app/user.ts';
import { m } from '../../messages/index.ts';

/** What a customer can do today, and nothing that is not there yet. */
export default function CustomerPage() {
  const { session } = useServices();
  const user = useUser();
  return (
    <Container component="main" size="xs" py="xl">
      <Stack>
        <Title order={1} size="h2">
          {m.customer.title(user.name)}
        </Title>
        <Text>{m.customer.text}</Text>
        <Paper withBorder p="md">
          <Text size="sm" c="dimmed">
            {m.customer.email}
          </Text>
          <Text mb="md">{user.email}</Text>
          <Title order={2} size="h5" mb="xs">
            {m.customer.now}
          </Title>
          <List>
            {m.customer.can.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </Paper>
        <Text c="dimmed" size="sm">
          {m.customer.later}
        </Text>
        <Button variant="default" onClick={() => void session.signOut()}>
          {m.account.signOut}
        </Button>
      </Stack>
    </Container>
  );
}
