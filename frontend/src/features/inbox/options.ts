import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { opportunityKeys } from '@/entities/opportunity/queries'
import { statusWords } from '@/entities/opportunity/strings'
import { peopleQuery } from '@/entities/person/queries'
import type { MenuEntry } from '@/ui/Menu'
import { wordOfCode } from './chips'
import { strings } from './strings'

export type WordFilter =
  | 'workflow_status'
  | 'assigned_sa'
  | 'practice'
  | 'geo'
  | 'stage'
  | 'band'
  | 'decision'
  | 'currency'
  | 'crm_status'
  | 'crm_outcome'

export type Options = Partial<Record<WordFilter, MenuEntry[]>>
