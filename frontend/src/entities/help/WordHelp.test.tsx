import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { WordHelp } from './WordHelp'
import { helpLabel, tradeWords } from './words'

test('the question mark beside a word explains it, by keyboard too', async () => {
  render(<WordHelp word="gate" />)
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByRole('dialog', { name: helpLabel('gate') })).toBeTruthy()
  expect(screen.getByText(tradeWords.gate)).toBeTruthy()
})
