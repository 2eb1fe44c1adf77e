const BARE = ['--disable-gpu', '--disable-background-networking']

/** The machine's own browser; as root it runs only without its sandbox. */
export const CHROMIUM = {
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? [...BARE, '--no-sandbox'] : BARE,
  },
  locale: 'en-GB',
  timezoneId: 'UTC',
  viewport: { width: 1440, height: 900 },
  contextOptions: { reducedMotion: 'reduce' as const },
}
