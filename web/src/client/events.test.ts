import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EventName, eventSchemas } from './events.ts';
import { eventSchema, fleetingSchema } from './realtimeFrames.ts';

const folder = new URL('../../../tests/vectors/events/', import.meta.url);
const samples = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, unknown>,
);

describe('the frozen samples', () => {
  it('are of the events that are known here, one of each', () => {
    expect(samples.map(({ type }) => type).sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  it.each(samples.map((sample) => [sample.type as EventName, sample] as const))('%s is read whole', (type, sample) => {
    const frame = 'seq' in sample ? eventSchema : fleetingSchema;
    expect(frame.parse(sample)).toMatchObject(sample);
    expect(eventSchemas[type].parse(sample.data)).toEqual(sample.data);
  });
});
