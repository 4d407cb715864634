import { Kbd, Modal, Table } from '@mantine/core';
import { m } from '../messages/index.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  keys: readonly (readonly [keys: string, what: string])[];
}

/** Every key of the screen, on `?`. */
export function KeyOverlay({ opened, onClose, keys }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={m.keys.title} closeButtonProps={{ 'aria-label': m.close }}>
      <Table withRowBorders={false} verticalSpacing={6}>
        <Table.Tbody>
          {keys.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={140}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
