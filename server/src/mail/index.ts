/** What other rooms may use of `mail`. */
export { type Letter, type Mail, openMail } from "./mail.ts";
export { quoted } from "./quoted.ts";
export { letterOf } from "./written.ts";
