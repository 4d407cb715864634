import { ActionIcon, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { CircleUser, LogOut, Radio, ReceiptText, ShoppingBasket, Tag } from 'lucide-react';
import { Link } from 'react-router';
import { useServices } from '../app/services.ts';
import { type Page, pathTo, useStore } from '../app/stores.ts';
import { useUser } from '../app/user.ts';
import { m } from '../messages/index.ts';

export const pages: readonly { page: Page; icon: typeof Radio }[] = [
  { page: 'live', icon: Radio },
  { page: 'sell', icon: ShoppingBasket },
  { page: 'sales', icon: ReceiptText },
  { page: 'products', icon: Tag },
];

/** Who is signed in, the other pages, the appearance and the way out. */
export function AccountMenu() {
  const { session } = useServices();
  const user = useUser();
  const store = useStore();
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" size={44} color="gray" aria-label={m.status.account}>
          <CircleUser size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {m.account.role[user.role]}
        </Menu.Label>
        {pages.map(({ page, icon: Icon }) => (
          <Menu.Item key={page} component={Link} to={pathTo(store, page)} leftSection={<Icon size={16} />}>
            {m.nav[page]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{m.account.theme}</Menu.Label>
        <ColourScheme />
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={16} />} onClick={() => void session.signOut()}>
          {m.account.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={m.account.theme}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: 'light', label: m.account.light },
        { value: 'dark', label: m.account.dark },
        { value: 'auto', label: m.account.auto },
      ]}
    />
  );
}
