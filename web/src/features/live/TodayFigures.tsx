import { TrendingDown, TrendingUp } from 'lucide-react';
import type { Live } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { Flash } from '../../ui/Flash.tsx';
import type { Format } from '../../ui/format.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import classes from './Live.module.css';

export function TodayFigures({ live, format }: { live: Live; format: Format }) {
  const averageMinor = live.saleCount === 0 ? 0 : Math.round(live.revenueMinor / live.saleCount);
  return (
    <dl className={classes.figures}>
      <div className={classes.card} data-main>
        <dt>{m.live.revenue}</dt>
        <dd className={classes.revenue}>
          <Flash value={live.revenueMinor}>
            <MoneyText minor={live.revenueMinor} format={format} withCurrency inherit />
          </Flash>
        </dd>
        <dd className={classes.small}>
          <Comparison live={live} format={format} />
        </dd>
      </div>
      <div className={classes.card}>
        <dt>{m.live.sales}</dt>
        <dd className={classes.figure}>
          <Flash value={live.saleCount}>{format.count(live.saleCount)}</Flash>
        </dd>
      </div>
      <div className={classes.card}>
        <dt>{m.live.average}</dt>
        <dd className={classes.figure}>
          <MoneyText minor={averageMinor} format={format} withCurrency inherit />
        </dd>
      </div>
    </dl>
  );
}

function Comparison({ live, format }: { live: Live; format: Format }) {
  const before = live.sameWeekdayRevenueMinor;
  if (before <= 0) return m.live.noCompare;
  const changePpm = Math.round(((live.revenueMinor - before) / before) * 100) * 10_000;
  const isMore = changePpm >= 0;
  const Icon = isMore ? TrendingUp : TrendingDown;
  return (
    <>
      <span className={classes.change} data-more={isMore}>
        <Icon size={16} aria-hidden />
        {(isMore ? m.live.more : m.live.less)(format.percent(Math.abs(changePpm)))}
      </span>
      <span>{m.live.sameWeekday(format.money(before))}</span>
    </>
  );
}
