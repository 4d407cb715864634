import { Badge } from '@mantine/core';
import { Ban, Check, CircleCheck, Clock, type LucideIcon, Package, PackageCheck, Truck } from 'lucide-react';
import { useState } from 'react';
import { storeChannel, useRealtime } from '../../app/realtime.ts';
import { m } from '../../messages/index.ts';
import { type KnownStatus, knownStatus, type OrderStatus, withStatusChange } from './orderStatus.ts';

const looks: Record<KnownStatus, { color: string; Icon: LucideIcon }> = {
  pending: { color: 'yellow', Icon: Clock },
  confirmed: { color: 'blue', Icon: Check },
  packing: { color: 'blue', Icon: Package },
  ready: { color: 'teal', Icon: PackageCheck },
  shipped: { color: 'teal', Icon: Truck },
  completed: { color: 'gray', Icon: CircleCheck },
  cancelled: { color: 'red', Icon: Ban },
};

/** How far an order is, kept current while it is looked at. `order` may be reloaded: the newer version is shown. */
export function OrderStatusBadge({ storeId, order }: { storeId: string; order: OrderStatus }) {
  const [heard, setHeard] = useState(order);
  useRealtime(storeChannel(storeId), {
    'order:status_changed': (change) => setHeard((known) => withStatusChange(withStatusChange(known, order), change)),
  });
  return <StatusBadge status={withStatusChange(order, heard).status} />;
}

/** A status in a word, an icon and a colour; one that is not known here in its own word. */
export function StatusBadge({ status }: { status: string }) {
  const known = knownStatus(status);
  const { color, Icon } = known ? looks[known] : { color: 'gray', Icon: Clock };
  return (
    <Badge variant="light" color={color} leftSection={<Icon size={14} aria-hidden />} tt="none" aria-live="polite">
      {known ? m.orders.status[known] : status}
    </Badge>
  );
}
