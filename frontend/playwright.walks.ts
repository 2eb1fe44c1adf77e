import { defineConfig } from '@playwright/test'
import base from './playwright.config'

/** Random walks: `SEED=… MINUTES=… npm run walks`; without them two minutes, of a new seed each time. */
export default defineConfig(base, {
  testMatch: 'walks.ts',
  fullyParallel: true,
  timeout: 24 * 3_600_000,
  use: { ...base.use, navigationTimeout: 60_000, actionTimeout: 5_000 },
})
