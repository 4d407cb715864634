// What both Node peers share: the bench's control line, the token check and the payload. Usage: node --expose-gc PEER.mjs CONTROL-PORT
import { createHmac, timingSafeEqual } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const key = process.env.BENCH_KEY;

/** The user of a good token (`user.expires.signature`), or null. */
export function verify(token) {
  const [user, expires, signature] = token.split('.');
  const expected = createHmac('sha256', key).update(`${user}.${expires}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return null;
  return Number(expires) * 1000 > Date.now() ? user : null;
}

/** The frame that ChainSync's server sends for a sale. */
export const saleCreated = (storeId, seq) => ({
  type: 'sale:created',
  channel: `orders:${storeId}`,
  storeId,
  seq,
  at: '2026-03-02T08:15:30.120Z',
  data: {
    id: '019cad0e-7a31-7c52-9b1f-3f6a5c1d2e4f',
    number: 'S1-R2-18',
    totalMinor: 1250,
    currency: 'EUR',
    soldAt: '2026-03-02T08:15:29.874Z',
    businessDate: '2026-03-02',
    actorName: 'Ann Baker',
    registerId: '019cad0e-0b52-7d11-8a3c-5e0f9d7c6b1a',
    flags: [],
    items: 3,
    itemsMilli: 3000,
    paymentMethods: ['cash'],
  },
});

/** Listens, then serves the bench's commands until the line ends. */
export function serve(http, publish) {
  http.listen(0, '127.0.0.1', () => {
    const control = connect(Number(process.argv[2]), '127.0.0.1');
    control.setNoDelay(true);
    control.write(`listening ${http.address().port}\n`);
    const lines = createInterface({ input: control });
    lines.on('line', (line) => {
      const [command, storeId, first, count] = line.split(' ');
      if (command === 'publish') {
        for (let i = 0; i < Number(count); i++) publish(saleCreated(storeId, Number(first) + i));
      } else if (command === 'settle') {
        globalThis.gc();
        globalThis.gc();
        control.write('settled\n');
      } else throw new Error(`Unknown command '${line}'.`);
    });
    control.on('close', () => process.exit(0));
  });
}
