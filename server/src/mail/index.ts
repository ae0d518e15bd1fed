/** The public names of `mail`, for other folders. */
export { type Letter, type Mail, openMail } from "./mail.ts";
export { quoted } from "./quoted.ts";
export { letterOf } from "./written.ts";
