import { ForYou } from '@/features/for-you/ForYou'
import { useMe } from '@/features/session/session'

export default function ForYouPage() {
  return <ForYou me={useMe()} />
}
