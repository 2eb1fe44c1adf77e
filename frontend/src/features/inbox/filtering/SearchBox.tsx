import { Search } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { fieldLabel, fieldsWhere } from '@/entities/opportunity/catalogue'
import { useDebounced } from '@/lib/use-debounced'
import styles from '../Toolbar.module.css'
import { strings } from '../strings'

interface SearchBoxProps {
  text: string
  onSearch: (text: string) => void
  box: RefObject<HTMLInputElement | null>
}

const QUIET_MS = 250

/** Search when typing pauses; a text from a chip or from Back is shown. */
export function SearchBox({ text, onSearch, box }: SearchBoxProps) {
  const [typed, setTyped] = useState(text)
  const [shown, setShown] = useState(text)
  if (shown !== text) {
    setShown(text)
    setTyped(text)
  }
  const settled = useDebounced(typed, QUIET_MS)
  useEffect(() => {
    if (settled === typed && settled.trim() !== text) onSearch(settled.trim())
    // oxlint-disable-next-line react/exhaustive-deps -- only what is typed asks, not what comes back from the address
  }, [settled])
  return (
    <div className={styles.search}>
      <Search size={14} aria-hidden className={styles.glass} />
      <input
        ref={box}
        type="search"
        className={styles.box}
        aria-label={strings.search}
        placeholder={strings.search}
        title={strings.searchHint(searchedFields())}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  )
}

/** Name what is searched: the catalogue's fields, and who has it. */
function searchedFields(): string {
  return [...fieldsWhere('is_searchable').map(({ label }) => label), fieldLabel('assigned_sa')].join(', ')
}
