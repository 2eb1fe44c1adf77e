import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { usersQuery } from '@/api/queries'
import { useDebounced } from '@/lib/use-debounced'
import { TextField, type TextFieldProps } from '@/ui/TextField'
import styles from './MentionField.module.css'
import { strings } from './strings'
import { typedMention, withMention } from './threads'

const MOST_OFFERED = 6

interface Colleague {
  id: string
  name: string
}

interface MentionFieldProps extends TextFieldProps {
  opportunityId: string
  onMention: (person: Colleague) => void
}

/** Render a text area that offers people after an @: arrows move, Enter chooses, Escape closes. */
export function MentionField({ opportunityId, onMention, ...field }: MentionFieldProps) {
  const list = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  const [closedAt, closeAt] = useState<string | null>(null)
  const typed = typedMention(field.value, caret)
  const people = usePeople(opportunityId, typed === closedAt ? null : typed)
  const chosen = people[Math.min(active, people.length - 1)]

  function choose(person: Colleague) {
    const [text, after] = withMention(field.value, caret, person.name)
    field.onChange(text)
    onMention(person)
    setCaret(after)
    setActive(0)
    requestAnimationFrame(() => area.current?.setSelectionRange(after, after))
  }

  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    // While composing, the keys choose among characters.
    if (!chosen || event.nativeEvent.isComposing) return
    if (step) setActive((active + step + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen)
    else if (event.key === 'Escape') closeAt(typed)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.box} onKeyDownCapture={press}>
      <TextField
        {...field}
        area={{
          ref: area,
          'aria-autocomplete': 'list',
          'aria-controls': chosen && list,
          'aria-activedescendant': chosen && `${list}-${chosen.id}`,
          onSelect: ({ currentTarget }) => setCaret(currentTarget.selectionStart),
          onBlur: () => closeAt(typed),
        }}
      />
      {chosen && (
        <div id={list} role="listbox" tabIndex={-1} aria-label={strings.people} className={styles.people}>
          {people.map((person) => (
            <div
              key={person.id}
              id={`${list}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              onMouseDown={(event) => {
                event.preventDefault()
                choose(person)
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
      <span className="visually-hidden" role="status">
        {chosen && strings.found(people.length)}
      </span>
    </div>
  )
}

/** Return the people who may see the opportunity and have this in their names; none until the answer to it is here. */
function usePeople(opportunityId: string, typed: string | null): Colleague[] {
  const search = useDebounced(typed ?? '', 150)
  const query = { sees: opportunityId, page_size: MOST_OFFERED, ...(search && { search }) }
  const { data, isPlaceholderData } = useQuery({ ...usersQuery(query), enabled: typed !== null })
  return search !== typed || isPlaceholderData ? [] : (data?.results ?? [])
}
