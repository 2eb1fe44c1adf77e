import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = fileURLToPath(new URL('./src', import.meta.url))

export default defineConfig(({ command }) => ({
  plugins: [react()],
  // Built, the files are served by Django; see bqs/web/frontend.py.
  base: command === 'build' ? '/static/app/' : '/',
  resolve: { alias: { '@': source } },
  server: {
    port: 5173,
    strictPort: true,
    // The admin's font and icon; the API is called where it is, over CORS.
    proxy: { '/static': process.env.BQS_API ?? 'http://localhost:8000' },
  },
  build: { manifest: true, target: 'es2022' },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/app/test-setup.ts'],
    env: { TZ: 'UTC' },
    // Files share one page, which each leaves as it found it: in a tenth of the time.
    isolate: false,
    // In CI the suite of the server runs beside: what hangs still fails.
    testTimeout: 30_000,
  },
}))
