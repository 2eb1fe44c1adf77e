import { Profile } from '@/features/profile/Profile'
import { useMe } from '@/features/session/session'

export default function ProfilePage() {
  return <Profile me={useMe()} />
}
