import { existsSync } from 'node:fs'

/** What never shows a window takes a quarter less of the processor. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((each) => existsSync(each))
const BARE = ['--disable-gpu', '--disable-background-networking']

/** The machine's own browser; as root it runs only without its sandbox. */
export const CHROMIUM = {
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? INSTALLED,
    args: process.getuid?.() === 0 ? [...BARE, '--no-sandbox'] : BARE,
  },
  locale: 'en-GB',
  timezoneId: 'UTC',
  viewport: { width: 1440, height: 900 },
  contextOptions: { reducedMotion: 'reduce' as const },
}
