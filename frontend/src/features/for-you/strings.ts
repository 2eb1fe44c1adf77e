import type { Me } from '@/api/types'

export const words = {
  title: 'For you',
  all: (count: string, label: string) => `Show all ${count}: ${label}`,
  seeAll: (count: string) => `Show all ${count}`,
  changed: (fields: string) => `Changed in CRM: ${fields}`,
  bidDue: (when: string) => `Bid due ${when}`,
  reviewOn: (when: string) => `Review the hold on ${when}`,
  quiet: 'Nothing here now',
  done: 'You are all caught up',
  doneWhy: 'Nothing is waiting for you. Browse the inbox for new work, or open the dashboard.',
  toInbox: 'Open the inbox',
  keys: 'Keys: j and k to move, Enter to open.',
  empty: {
    title: 'No opportunities yet',
    operator: 'Nothing has been synced from Oracle. Check the connection, then run the first sync.',
    check: 'Check the connection on the server:',
    command: 'python manage.py check_oracle',
    toSyncs: 'Go to Syncs',
    others: (names: string) => `Nothing has been synced from Oracle yet. Ask an administrator: ${names}.`,
    nobody: 'Nothing has been synced from Oracle yet. Ask an administrator.',
  },
  steps: {
    title: 'First steps',
    dismiss: 'Hide first steps',
  },
}

type Role = Me['roles'][number]

/** What a role does here, in its order. */
export const ROLE_STEPS: Record<Role, string> = {
  SA: 'As an SA, you assess the deals assigned to you: open one, answer its criteria, and submit.',
  'SA lead': 'As an SA lead, you assign the deals in your practices, and decide reviews up to your limit.',
  'Bid manager': 'As a bid manager, you decide reviews in every practice, and get stuck deals moving.',
  'Sales owner': 'As a sales owner, you follow the deals you own in the CRM, and comment on them.',
  Viewer: 'As a viewer, you can read everything. Start with the dashboard, or search the inbox.',
  Administrator: 'As an administrator, you give people their roles, and keep the sync running.',
  Auditor: 'As an auditor, you read every deal, its history and its decision records.',
}
