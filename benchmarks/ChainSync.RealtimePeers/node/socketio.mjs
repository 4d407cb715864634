// socket.io over WebSocket alone: the token in the handshake's auth, a room per channel, one emit per event.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { serve, verify } from './bench.mjs';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.use((socket, next) => {
  socket.data.user = verify(socket.handshake.auth.token);
  next(socket.data.user === null ? new Error('bad token') : undefined);
});
io.on('connection', (socket) => {
  socket.on('subscribe', (channel, answer) => {
    socket.join(channel);
    answer();
  });
  socket.on('echo', (answer) => answer());
});

serve(http, (event) => io.to(event.channel).emit(event.type, event));
