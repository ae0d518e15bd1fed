/** What other rooms may use of `mail`. */
export { type Letter, type Mail, type MailOptions, openMail } from "./mail.ts";
