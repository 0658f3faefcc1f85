import { Alert, createTheme, Drawer, Modal, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** One accent, a deep teal: shade 7 carries white text at 5.7 to 1. */
const accent: MantineColorsTuple = [
  '#e9f6f7',
  '#d2ebee',
  '#a5d7dd',
  '#74c1ca',
  '#4fb0bb',
  '#2d9aa7',
  '#178290',
  '#0b6d7a',
  '#085a66',
  '#054650',
]

const dark: MantineColorsTuple = [
  '#e3e7ea',
  '#c3cad0',
  '#a3acb5',
  '#7b8691',
  '#48525c',
  '#333c45',
  '#262e36',
  '#1c2329',
  '#14191e',
  '#0e1216',
]

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: 7,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.75rem', lineHeight: '1.2' }, h2: { fontSize: '1.2rem', lineHeight: '1.35' } },
  },
  components: {
    // their `<header>` would be a second banner of the page to screen readers
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }),
    Alert: Alert.extend({
      vars: (_, { color }) => {
        const tone = color === 'red' ? 'bad' : color === 'orange' ? 'warn' : 'busy'
        return { root: { '--alert-bg': `var(--${tone}-soft)`, '--alert-color': `var(--${tone})` } }
      },
    }),
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Text that steps back still has to be read: 4.5 to 1 at least, in light and dark. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f8f9',
    '--mantine-color-dimmed': '#58636e',
    '--mantine-color-placeholder': '#68737e',
    '--mantine-color-error': '#b42323',
    '--mantine-color-anchor': '#0b6d7a',
    '--surface': '#ffffff',
    '--line': '#e2e6e9',
    '--good': '#1c6b37',
    '--good-soft': '#e4f3e9',
    '--warn': '#8a4b08',
    '--warn-soft': '#fdf0dc',
    '--bad': '#a82020',
    '--bad-soft': '#fce9e9',
    '--busy': '#1d5a9e',
    '--busy-soft': '#e6f0fa',
    '--calm': '#4f5963',
    '--calm-soft': '#edf0f2',
  },
  dark: {
    '--mantine-color-body': '#14191e',
    '--mantine-color-dimmed': '#a3acb5',
    '--mantine-color-placeholder': '#8f99a3',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-anchor': '#74c1ca',
    '--surface': '#1c2329',
    '--line': '#333c45',
    '--good': '#86d9a2',
    '--good-soft': '#173524',
    '--warn': '#f5c27a',
    '--warn-soft': '#3b2c12',
    '--bad': '#ffa8a8',
    '--bad-soft': '#431f21',
    '--busy': '#94c6f7',
    '--busy-soft': '#17304a',
    '--calm': '#b4bdc5',
    '--calm-soft': '#2a323a',
  },
})
