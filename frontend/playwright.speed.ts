import { defineConfig } from '@playwright/test'
import base from './playwright.config'

/** How long a person waits, and whether anything moves, on the site that `python -m bench.browser` serves. */
export default defineConfig(base, {
  testMatch: ['speed.ts', 'edit-to-screen.ts'],
  globalSetup: [],
  workers: 1,
  timeout: 600_000,
  use: { ...base.use, actionTimeout: 60_000 },
})
