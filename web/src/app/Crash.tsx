import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { m } from '../messages/index.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** The last net: a bug in a page must not leave a blank screen in a shop. */
export class Crash extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState
        title={m.crash.title}
        text={m.crash.text}
        action={<Button onClick={() => window.location.reload()}>{m.crash.reload}</Button>}
      />
    );
  }
}
