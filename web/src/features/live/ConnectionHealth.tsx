import { useConnection } from '../../app/connection.ts';
import { m } from '../../messages/index.ts';
import { ageText, ConnectionWord, useNowMs } from '../../ui/StatusStrip.tsx';
import classes from './Live.module.css';

/** Whether what is shown is the present, and since when it was last confirmed. */
export function ConnectionHealth() {
  const connection = useConnection();
  const nowMs = useNowMs(1000);
  return (
    <div className={classes.health}>
      <span>{m.live.connection}</span>
      <ConnectionWord connection={connection} />
      {connection.heardAtMs !== undefined && (
        <span className={classes.small}>{m.live.heard(ageText(nowMs - connection.heardAtMs))}</span>
      )}
    </div>
  );
}
