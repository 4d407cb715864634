import { VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Live } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import type { Format } from '../../ui/format.ts';
import classes from './Live.module.css';

const HEIGHT = 240;
const LEFT = 72;
const BOTTOM = 24;
const TOP = 12;
/** A day without sales still has an axis of whole amounts, in minor units. */
const LEAST_TOP = 10_000;

type Hour = Live['hours'][number];

/** Revenue per hour as bars from a zero line; the same figures as a table for those who cannot see it. */
export function HourChart({ hours, format }: { hours: readonly Hour[]; format: Format }) {
  const [pointed, setPointed] = useState<number>();
  const { ref, width: measured } = useElementSize();
  const width = Math.max(280, measured);
  const shown = fill(hours);
  const every = Math.ceil((shown.length * 28) / (width - LEFT));
  const top = niceTop(Math.max(LEAST_TOP, ...shown.map((hour) => hour.revenueMinor)));
  const step = (width - LEFT) / shown.length;
  const y = (minor: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.max(0, minor) / top);
  const chosen = shown.find((hour) => hour.hour === pointed);
  return (
    <figure ref={ref} className={classes.chart}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" onPointerLeave={() => setPointed(undefined)}>
        {[0, top / 2, top].map((minor) => (
          <g key={minor}>
            <line className={classes.gridLine} x1={LEFT} x2={width} y1={y(minor)} y2={y(minor)} />
            <text className={classes.axis} x={LEFT - 8} y={y(minor) + 4} textAnchor="end">
              {format.amount(minor)}
            </text>
          </g>
        ))}
        {shown.map(({ hour, revenueMinor }, index) => (
          <g key={hour} onPointerEnter={() => setPointed(hour)}>
            <rect x={LEFT + index * step} y={TOP} width={step} height={HEIGHT - TOP} fill="transparent" />
            <rect
              className={classes.bar}
              data-pointed={hour === pointed || undefined}
              x={LEFT + index * step + step * 0.14}
              width={step * 0.72}
              y={y(revenueMinor)}
              height={y(0) - y(revenueMinor)}
              rx="3"
            />
            {index % every === 0 && (
              <text className={classes.axis} x={LEFT + (index + 0.5) * step} y={HEIGHT - 6} textAnchor="middle">
                {hour}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className={classes.small}>
        {chosen === undefined
          ? m.live.chartUnits
          : m.live.hourFigures(chosen.hour, format.money(chosen.revenueMinor), chosen.saleCount)}
      </figcaption>
      <HourTable hours={hours} format={format} />
    </figure>
  );
}

function HourTable({ hours, format }: { hours: readonly Hour[]; format: Format }) {
  return (
    <VisuallyHidden>
      <table>
        <thead>
          <tr>
            <th>{m.live.hour}</th>
            <th>{m.live.revenue}</th>
            <th>{m.live.sales}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map(({ hour, revenueMinor, saleCount }) => (
            <tr key={hour}>
              <td>{hour}</td>
              <td>{format.money(revenueMinor)}</td>
              <td>{saleCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

/** Every hour from the first to the last that sold, with room for a usual opening day. */
function fill(hours: readonly Hour[]): Hour[] {
  const first = Math.min(8, ...hours.map(({ hour }) => hour));
  const last = Math.max(19, ...hours.map(({ hour }) => hour));
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index;
    return hours.find((known) => known.hour === hour) ?? { hour, revenueMinor: 0, saleCount: 0 };
  });
}

/** The next of 1, 2, 4, 5, 10 … above the value, so that the axis has round numbers. */
function niceTop(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 5, 10].find((candidate) => candidate * magnitude >= value) ?? 10;
  return factor * magnitude;
}
