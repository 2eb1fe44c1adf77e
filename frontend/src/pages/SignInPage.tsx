import { SignInForm } from '@/features/session/SignInForm'
import { strings } from '@/features/session/strings'
import { PREFIX } from '@/lib/prefix'
import styles from './SignInPage.module.css'

export default function SignInPage() {
  return (
    <main className={styles.page} id="main">
      <title>{`${strings.title} - BQS`}</title>
      <div className={styles.panel}>
        <h1>{strings.heading}</h1>
        <SignInForm />
        <a href={`${PREFIX}/accounts/password/reset/`}>{strings.forgotten}</a>
      </div>
    </main>
  )
}
