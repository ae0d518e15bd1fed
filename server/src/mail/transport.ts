/** The connection to the mail server. It is loaded with the first mail, because few starts send one. */
import { createTransport, type Transporter } from "nodemailer";

/** The maximum silence of the mail server, in milliseconds. */
const timeouts = {
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 5_000,
  dnsTimeout: 5_000,
};

/** Connects to nothing yet. */
export const openTransport = (smtpUrl: string): Transporter =>
  createTransport({
    url: smtpUrl,
    ...timeouts,
    requireTLS: needsTls(new URL(smtpUrl)),
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Passwords are never sent unencrypted, except on this machine. */
const needsTls = ({ username, hostname }: URL): boolean =>
  username !== "" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
