/**
 * Sends mail by SMTP. A mail that can't be sent doesn't fail the act that it is about: the result is false, and a log line, without the
 * address, reports it.
 */
import type { Transporter } from "nodemailer";

/** A mail to one address. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mail {
  /** Whether the mail server accepted it, within some seconds. Never throws. */
  send(letter: Letter): Promise<boolean>;
  /** Sends a mail in the background. Never throws; beyond the limit of simultaneous mails, it is reported as failed. */
  post(letter: Letter): void;
  /** Sends mails in the background, one after the other; those that are left when it closes are reported as failed. Never throws. */
  postAll(letters: readonly Letter[]): void;
  /** Resolves when no mail is being sent. */
  close(): Promise<void>;
}

/** The failure in the terms of SMTP, without the content and the address. */
export interface MailFailure {
  /** Such as ECONNECTION, ETIMEDOUT, EAUTH, EENVELOPE; EBUSY if it was not tried. */
  readonly code: string;
  /** Such as 550. */
  readonly responseCode?: number;
}

export interface MailOptions {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtpUrl: string;
  /** `Daybook <daybook@example.com>` */
  readonly from: string;
  /** Called with each failed mail. */
  readonly failed: (failure: MailFailure) => void;
  /** The maximum time for a mail, in milliseconds; default 10,000. */
  readonly patienceMs?: number;
}

/** The maximum number of simultaneous background mails: each needs a connection. */
const mostUnderWay = 20;

/** Opens the service; it connects to nothing yet. */
export function openMail({ smtpUrl, from, failed, patienceMs = 10_000 }: MailOptions): Mail {
  let opening: Promise<Transporter> | undefined;
  const transport = (): Promise<Transporter> => {
    opening ??= import("./transport.ts").then(({ openTransport }) => openTransport(smtpUrl));
    return opening;
  };
  async function send({ to, ...letter }: Letter): Promise<boolean> {
    try {
      // an address object, not a text that could be parsed as several addresses
      const sending = (await transport()).sendMail({ from, to: { name: "", address: to }, ...letter });
      await inTime(sending, patienceMs);
      return true;
    } catch (error) {
      failed(failureOf(error));
      return false;
    }
  }
  const underWay = new Set<Promise<unknown>>();
  let isClosing = false;
  const begin = (work: () => Promise<unknown>): void => {
    const sending = work().finally(() => underWay.delete(sending));
    underWay.add(sending);
  };
  return {
    send,
    post(letter) {
      if (underWay.size >= mostUnderWay) return failed({ code: "EBUSY" });
      begin(() => send(letter));
    },
    postAll(letters) {
      begin(async () => {
        for (const letter of letters) {
          if (isClosing) failed({ code: "EBUSY" });
          else await send(letter);
        }
      });
    },
    async close() {
      isClosing = true;
      await Promise.all(underWay);
      (await opening)?.close();
    },
  };
}

/** A server that sends a byte a second would hold up the caller. A server that accepts the mail after this time may still send it. */
async function inTime(sending: Promise<unknown>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("The mail server is slow."), { code: "ETIMEDOUT" })),
      patienceMs,
    );
  });
  sending.catch(() => undefined);
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Without the message, because it quotes the address. */
function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === "string" ? code : "unknown",
    ...(typeof responseCode === "number" ? { responseCode } : {}),
  };
}
