import { Dialog, type DialogProps } from './Dialog'

export function Drawer(props: Omit<DialogProps, 'isDrawer'>) {
  return <Dialog {...props} isDrawer />
}
