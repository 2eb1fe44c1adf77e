/** The colours; public/theme.js applies the kept choice before the first paint. */

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'bqs:theme'

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme
  return THEMES.find((each) => each === theme) ?? 'system'
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // It holds until the page is left.
  }
}
