import { defineConfig } from '@playwright/test'
import base from './playwright.config'

// Once, for the workers too: it stands in the tests' titles.
process.env.SEED ??= String(Date.now() % 1_000_000)

/** Random walks: `SEED=… MINUTES=… npm run walks`; without them two minutes, of a new seed each time. */
export default defineConfig(base, {
  testMatch: 'walks.ts',
  fullyParallel: true,
  timeout: 24 * 3_600_000,
  use: { ...base.use, navigationTimeout: 60_000, actionTimeout: 5_000 },
})
