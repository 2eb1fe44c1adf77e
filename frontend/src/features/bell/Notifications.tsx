import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bellQuery } from '@/api/queries'
import { Loaded } from '@/entities/Loaded'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { PageTitle } from '@/ui/PageTitle'
import { Select } from '@/ui/Select'
import styles from './Bell.module.css'
import { Groups, useMarkRead } from './Groups'
import { words } from './strings'

type Show = keyof typeof words.filters

const OPTIONS = Object.entries(words.filters).map(([value, label]) => ({ value, label }))

/** Show all that a person was told. */
export function Notifications() {
  const [show, setShow] = useState<Show>('all')
  const markRead = useMarkRead()
  return (
    <>
      <PageTitle title={words.title}>
        <Select label={words.show} value={show} onChange={(value) => setShow(value as Show)} options={OPTIONS} />
        <Button onPress={() => markRead({ all: true })}>{words.readAll}</Button>
      </PageTitle>
      <div className={styles.page}>
        <Page key={show} show={show} />
      </div>
    </>
  )
}

/** Show a page, and on demand those after it. */
function Page({ show, cursor }: { show: Show; cursor?: string }) {
  const [isLonger, setLonger] = useState(false)
  const page = useQuery(bellQuery({ show, ...(cursor && { cursor }) }))
  return (
    <Loaded query={page} lines={8}>
      {({ groups, next_cursor: next }) => {
        if (groups.length === 0 && !cursor) return <EmptyState title={words.nothing}>{words.nothingDetail}</EmptyState>
        return (
          <>
            <Groups groups={groups} />
            {next && isLonger && (
              <div ref={takeFocus} tabIndex={-1}>
                <Page show={show} cursor={next} />
              </div>
            )}
            {next && !isLonger && <Button onPress={() => setLonger(true)}>{words.older}</Button>}
          </>
        )
      }}
    </Loaded>
  )
}

/** In place of the button that it came by. */
function takeFocus(part: HTMLElement | null): void {
  part?.focus({ preventScroll: true })
}
