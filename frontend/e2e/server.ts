import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const PYTHON = process.env.PYTHON ?? join(ROOT, '.venv/bin/python')
const READY = 'Ctrl-C ends everything'

/** The real site with a simulated Oracle, as `manage.py demo` runs it; the answer ends it. */
export default async function serve(): Promise<() => Promise<void>> {
  if (!existsSync(join(ROOT, 'frontend/dist/index.html'))) {
    throw new Error('There is no frontend to test: `npm run build` first.')
  }
  const folder = mkdtempSync(join(tmpdir(), 'bqs-e2e-'))
  const port = await freePort()
  const demo = start(port, folder)
  const printed = await printedUntil(demo, READY)
  process.env.BQS_SITE = `http://localhost:${port}`
  process.env.BQS_PEOPLE = JSON.stringify(passwordsIn(printed))
  return async () => {
    const ended = once(demo, 'exit')
    demo.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true })
  }
}

function start(port: number, folder: string): ChildProcess {
  // Nothing changes by itself; small pages make a sync slow enough to be watched.
  const options = ['--port', String(port), '--rows', '600', '--drift', '86400', '--without-frontend']
  return spawn(PYTHON, ['-u', join(ROOT, 'manage.py'), 'demo', ...options], {
    env: {
      DATABASE_URL: `sqlite:///${join(folder, 'e2e.sqlite3')}`,
      ...process.env,
      ATTACHMENT_FOLDER: join(folder, 'attachments'),
      ORACLE_PAGE_SIZE: '2',
      ORACLE_CONCURRENCY: '1',
      API_THROTTLE: '100000/min',
      SYNC_THROTTLE: '100000/min',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function printedUntil(demo: ChildProcess, word: string): Promise<string> {
  let printed = ''
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes(word)) resolve(printed)
    }
    demo.stdout?.on('data', read)
    demo.stderr?.on('data', read)
    demo.on('exit', () => reject(new Error(`The site did not start:\n${printed}`)))
  })
}

/** As the demo prints them: `SA lead   demo-lead / s3cret`. */
function passwordsIn(printed: string): Record<string, string> {
  return Object.fromEntries([...printed.matchAll(/(demo-[\w-]+) \/ (\S+)/g)].map(([, ...found]) => found))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
