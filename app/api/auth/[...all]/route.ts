import { route } from '#lib/http/route.ts'
import { answerAuth } from '#lib/http/sign-in.ts'

const handle = route(answerAuth)

export { handle as GET, handle as POST }
