import { SunMoon } from 'lucide-react'
import { useState } from 'react'
import { chooseTheme, currentTheme, type Theme, THEMES } from '@/lib/theme'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'

export function ThemeMenu() {
  const [theme, setTheme] = useState(currentTheme)

  function choose(chosen: Theme | undefined) {
    if (!chosen) return
    chooseTheme(chosen)
    setTheme(chosen)
  }

  return (
    <Menu
      label={common.theme}
      trigger={
        <Button kind="quiet" isIconOnly aria-label={common.theme}>
          <SunMoon size={18} aria-hidden />
        </Button>
      }
      entries={THEMES.map((each) => ({ id: each, label: common.themes[each] }))}
      selectionMode="single"
      selected={[theme]}
      onSelect={([chosen]) => choose(THEMES.find((each) => each === chosen))}
    />
  )
}
