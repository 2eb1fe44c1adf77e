import { defineConfig } from '@playwright/test'
import { CHROMIUM } from './e2e/chromium'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/server.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  // A busy machine is slow, and what never comes fails all the same.
  expect: { timeout: 30_000 },
  reporter: [['list']],
  // Known to the workers, which read this again when the site is up.
  use: { ...CHROMIUM, baseURL: process.env.BQS_SITE },
})
