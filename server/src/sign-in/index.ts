/** What other rooms may use of `sign-in`. */
export type { Account } from "./account.ts";
export type { Flow } from "./openid.ts";
export type { Entered } from "./sessions.ts";
export { openSignIn, type SignIn, type SignInOptions } from "./sign-in.ts";
