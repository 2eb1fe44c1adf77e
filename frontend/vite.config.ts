import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const source = fileURLToPath(new URL('./src', import.meta.url))

/** Let the built styles find the admin's font from where they are, below any prefix. */
const fontBesideUs: Plugin = {
  name: 'font-beside-us',
  enforce: 'post',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css')) {
        file.source = String(file.source).replaceAll('/static/unfold/', '../../unfold/')
      }
    }
  },
}

export default defineConfig(({ command }) => ({
  plugins: [react(), fontBesideUs],
  // Built, the files are served by Django below any prefix; see bqs/web/frontend.py.
  base: command === 'build' ? './' : '/',
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
    setupFiles: ['src/app/setup.test.helper.ts'],
    env: { TZ: 'UTC' },
    // Files share one page, which each leaves as it found it: in a tenth of the time.
    isolate: false,
    // In CI the suite of the server runs beside: what hangs still fails.
    testTimeout: 30_000,
  },
}))
