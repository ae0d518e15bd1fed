/** What other rooms may use of `mail`. */
export { type Letter, type Mail, openMail } from "./mail.ts";
export { letterOf } from "./written.ts";
