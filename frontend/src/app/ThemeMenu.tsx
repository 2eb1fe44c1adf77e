import { SunMoon } from 'lucide-react'
import { useState } from 'react'
import { common } from '@/strings/common'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'

export function ThemeMenu() {
  const [theme, setTheme] = useState(currentTheme)

  function choose(chosen: Theme | undefined) {
    if (!chosen) return
    document.documentElement.dataset.theme = chosen
    setTheme(chosen)
    try {
      localStorage.setItem(KEY, chosen)
    } catch {
      // It holds until the page is left.
    }
  }

  return (
    <Menu
      label={common.theme}
      trigger={<IconButton icon={SunMoon} size={18} label={common.theme} />}
      entries={THEMES.map((each) => ({ id: each, label: common.themes[each] }))}
      selectionMode="single"
      selected={[theme]}
      onSelect={([chosen]) => choose(THEMES.find((each) => each === chosen))}
    />
  )
}

/** The colours; public/theme.js applies the kept choice before the first paint. */
const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const KEY = 'bqs:theme'

function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme
  return THEMES.find((each) => each === theme) ?? 'system'
}
