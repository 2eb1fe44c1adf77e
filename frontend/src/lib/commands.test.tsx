import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Command, commandsOfPage, matching, useCommands } from './commands'

const command = (label: string, description?: string): Command => ({ id: label, label, description, run: () => {} })

function Part({ label }: { label: string }) {
  useCommands([command(label)])
  return null
}

test('a page offers what its parts can do, as long as they are shown', () => {
  const { rerender, unmount } = render(<Part label="Hold" />)
  rerender(<Part label="Resume" />)
  expect(commandsOfPage().map(({ label }) => label)).toEqual(['Resume'])
  unmount()
  expect(commandsOfPage()).toEqual([])
})

test('a command is found by parts of its words, in any order and without accents', () => {
  const commands = [command('Mine, by value', 'Shared by Anna Müller'), command('Inbox')]
  const found = (typed: string) => matching(commands, typed).map(({ label }) => label)
  expect(found('muller val')).toEqual(['Mine, by value'])
  expect(found('INB')).toEqual(['Inbox'])
  expect(found('')).toHaveLength(2)
  expect(matching([command("O’Hara's caf\u00e9")], "o'hara\u200b cafe\u0301")).toHaveLength(1)
  expect(found('inbox value')).toEqual([])
})
