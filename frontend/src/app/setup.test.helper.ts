import { type Catalogue, setCatalogue } from '@/entities/opportunity/catalogue'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { clearToasts } from '@/ui/Toast'
import fields from '@/entities/opportunity/test-fields.json'

// A machine that does much else takes long for anything.
configure({ asyncUtilTimeout: 10_000 })

setCatalogue(fields as Catalogue)
afterEach(() => {
  cleanup()
  clearToasts()
})
