import '@mantine/core/styles.css';
import './ui/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app/App.tsx';
import { Crash } from './app/Crash.tsx';
import { createServices, ServicesContext } from './app/services.ts';
import { ApiProblem } from './client/api.ts';
import { resolveVariables, theme } from './ui/theme.ts';

const services = createServices();
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only what may pass by itself is tried again.
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiProblem) || error.isTransient),
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

void services.session.start().then(() => services.outbox.flush());
window.addEventListener('online', () => void services.outbox.flush());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <Crash>
        <ServicesContext value={services}>
          <QueryClientProvider client={queries}>
            <BrowserRouter>
              <App />
            </BrowserRouter>
          </QueryClientProvider>
        </ServicesContext>
      </Crash>
    </MantineProvider>
  </StrictMode>,
);
