import type { ReactNode } from 'react'
import { Dialog } from './Dialog'

interface DrawerProps {
  title: string
  isOpen: boolean
  onClose: () => void
  closeLabel: string
  children: ReactNode
  buttons?: ReactNode
}

export function Drawer(props: DrawerProps) {
  return <Dialog {...props} isDrawer />
}
