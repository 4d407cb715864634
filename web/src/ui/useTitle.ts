import { useEffect } from 'react';
import { m } from '../messages/index.ts';

/** Names the page in the browser's tab and to a screen reader. */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, m.appName].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
