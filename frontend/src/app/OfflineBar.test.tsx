import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { OfflineBar } from './OfflineBar'

function network(isOnline: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  act(() => void dispatchEvent(new Event(isOnline ? 'online' : 'offline')))
}

afterEach(() => void vi.restoreAllMocks())

test('offline is said as long as it lasts', () => {
  render(<OfflineBar />)
  expect(screen.getByRole('status').textContent).toBe('')
  network(false)
  expect(screen.getByRole('status').textContent).toMatch(/^You are offline\./)
  network(true)
  expect(screen.getByRole('status').textContent).toBe('')
})
