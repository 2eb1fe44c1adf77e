import { SignInForm } from '@/features/session/SignInForm'
import { strings } from '@/features/session/strings'
import styles from './SignInPage.module.css'

export default function SignInPage() {
  return (
    <main className={styles.page} id="main">
      <title>{`${strings.title} - BQS`}</title>
      <div className={styles.panel}>
        <h1>{strings.heading}</h1>
        <SignInForm />
        <a href="/accounts/password/reset/">{strings.forgotten}</a>
      </div>
    </main>
  )
}
