// The ws package as its documentation uses it: sets of sockets, the event encoded once, one send per client.
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { serve, verify } from './bench.mjs';

const channels = new Map();
const http = createServer();
const server = new WebSocketServer({ server: http, path: '/ws' });

server.on('connection', (socket) => {
  let user = null;
  let joined = null;
  socket.on('message', (message) => {
    const { type, data } = JSON.parse(message);
    if (type === 'ping') socket.send('{"type":"pong"}');
    else if (type === 'auth') {
      user = verify(data.token);
      if (user === null) socket.close(4500);
      else socket.send(JSON.stringify({ type: 'authenticated', data: { user } }));
    } else if (type === 'subscribe' && user !== null) {
      joined = channels.get(data.channel) ?? new Set();
      channels.set(data.channel, joined.add(socket));
      socket.send(JSON.stringify({ type: 'subscribed', data: { channel: data.channel } }));
    }
  });
  socket.on('close', () => joined?.delete(socket));
});

serve(http, (event) => {
  const frame = Buffer.from(JSON.stringify(event));
  for (const socket of channels.get(event.channel) ?? []) {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame, { binary: false });
  }
});
