import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Modal } from '@mantine/core';

const slate: MantineColorsTuple = [
  '#f8fafc',
  '#f1f5f9',
  '#e2e8f0',
  '#cbd5e1',
  '#94a3b8',
  '#64748b',
  '#475569',
  '#334155',
  '#1e293b',
  '#0f172a',
];
const night: MantineColorsTuple = [
  '#e2e8f0',
  '#cbd5e1',
  '#9fb0c5',
  '#7c8ba1',
  '#3d4b5d',
  '#2f3b4b',
  '#1f2935',
  '#151d27',
  '#10171f',
  '#0b1016',
];

/** The one look of ChainSync: teal on slate, system font, digits that line up. */
export const theme = createTheme({
  primaryColor: 'teal',
  // White on the ninth teal has a contrast of 5.0; lighter ones fall below AA.
  primaryShade: { light: 9, dark: 9 },
  colors: { gray: slate, dark: night },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend({ styles: { title: { fontWeight: 650, fontSize: 17 } } }),
  },
});

/** Meanings of colours, so that no stylesheet names a shade. */
export const resolveVariables: CSSVariablesResolver = (base) => ({
  variables: {},
  light: {
    '--cs-page': base.colors.gray[1],
    '--cs-surface': base.white,
    '--cs-raised': base.colors.gray[0],
    '--cs-border': base.colors.gray[2],
    '--cs-strong': base.colors.gray[9],
    '--cs-muted': base.colors.gray[6],
    '--cs-accent': base.colors.teal[9],
    '--cs-accent-soft': '#e0f5ee',
    '--cs-good': '#087f5b',
    '--cs-warn': '#a65300',
    '--cs-warn-soft': '#fff3e0',
    '--cs-bad': '#c92a2a',
    '--cs-compare': base.colors.gray[3],
  },
  dark: {
    '--cs-page': base.colors.dark[8],
    '--cs-surface': base.colors.dark[7],
    '--cs-raised': base.colors.dark[6],
    '--cs-border': base.colors.dark[5],
    '--cs-strong': '#f8fafc',
    '--cs-muted': base.colors.dark[2],
    '--cs-accent': '#38d9a9',
    '--cs-accent-soft': '#0f3a30',
    '--cs-good': '#38d9a9',
    '--cs-warn': '#ffb454',
    '--cs-warn-soft': '#3a2a12',
    '--cs-bad': '#ff8787',
    '--cs-compare': base.colors.dark[4],
  },
});
