export { Notifications as default } from '@/features/bell/Notifications'
