import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that `./run` starts; the dev and preview servers hand it everything that is not a page. */
const server = process.env.CHAINSYNC_SERVER ?? 'http://127.0.0.1:5000';

const proxy = {
  '/api': { target: server, ws: true },
  '/ws': { target: server.replace(/^http/, 'ws'), ws: true },
};

export default defineConfig({
  plugins: [react()],
  build: { manifest: true, sourcemap: true },
  server: { proxy },
  preview: { proxy },
});
