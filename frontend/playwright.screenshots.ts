import { defineConfig } from '@playwright/test'
import base from './playwright.config'

/** Pictures of every page, to be looked at; seven of them are the README's. */
export default defineConfig(base, { testMatch: 'screenshots.ts', workers: 1, timeout: 120_000 })
