import { Alert, Button, Group, Text } from '@mantine/core';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { ApiProblem } from '../client/api.ts';
import { m } from '../messages/index.ts';

interface Props {
  error: unknown;
  /** Overrides the explanation. */
  explanation?: string | undefined;
  /** What was being done, such as "The sales could not be loaded." */
  what: string;
  onRetry?: () => void;
}

/** Says what happened, what was kept and what to do; the code is small print for support. */
export function ProblemNotice({ error, what, explanation, onRetry }: Props) {
  const problem = error instanceof ApiProblem ? error : undefined;
  const isOffline = problem?.code === 'network.unreachable';
  return (
    <Alert
      role="alert"
      color={isOffline ? 'orange' : 'red'}
      icon={isOffline ? <CloudOff size={18} /> : <TriangleAlert size={18} />}
      title={what}
    >
      <Text size="sm">
        {explanation ?? m.problem.explain(problem?.code, problem?.message, problem?.retryAfterSeconds)}
      </Text>
      <Group justify="space-between" mt="xs">
        {onRetry ? (
          <Button size="xs" variant="default" onClick={onRetry}>
            {m.retry}
          </Button>
        ) : (
          <span />
        )}
        <Text size="xs" c="dimmed">
          {[problem?.code, problem?.traceId].filter(Boolean).join(' · ')}
        </Text>
      </Group>
    </Alert>
  );
}
