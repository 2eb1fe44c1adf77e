import { useQueryClient } from '@tanstack/react-query'
import { Profile } from '@/features/profile/Profile'
import { sessionQuery, useMe } from '@/features/session/session'

export default function ProfilePage() {
  const cache = useQueryClient()
  return <Profile me={useMe()} keep={(me) => cache.setQueryData(sessionQuery.queryKey, me)} />
}
