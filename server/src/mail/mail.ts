/**
 * Sends letters by SMTP. A letter that can't be sent is no failure of what it was about: it is told in a line that names no
 * address, and answered with false. Knows nothing of what the letters say.
 */
import { createTransport } from "nodemailer";

/** A letter to one address. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mail {
  /** Whether the mail server took it, within some seconds. Never throws. */
  send(letter: Letter): Promise<boolean>;
  /** Sends a letter that nobody waits for. Never throws; one beyond those that may be under way is told as failed. */
  post(letter: Letter): void;
  /** Sends letters that nobody waits for, one after the other; those that are left when it closes are told as failed. Never throws. */
  postAll(letters: readonly Letter[]): void;
  /** Resolves once no letter is under way. */
  close(): Promise<void>;
}

/** What went wrong, in the words of SMTP: nothing of the letter, and no address. */
export interface MailFailure {
  /** Such as ECONNECTION, ETIMEDOUT, EAUTH, EENVELOPE; EBUSY for one that was not tried. */
  readonly code: string;
  /** Such as 550. */
  readonly responseCode?: number;
}

export interface MailOptions {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtpUrl: string;
  /** `Daybook <daybook@example.com>` */
  readonly from: string;
  /** Is told of each letter that was not sent. */
  readonly failed: (failure: MailFailure) => void;
  /** How long a letter may take, in milliseconds; 10,000 if absent. */
  readonly patienceMs?: number;
}

/** Milliseconds that the mail server may be silent for. */
const timeouts = {
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 5_000,
  dnsTimeout: 5_000,
};

/** Letters that nobody waits for, at once: each is a connection of its own. */
const mostUnderWay = 20;

/** Opens the room; connects to nothing yet. */
export function openMail({ smtpUrl, from, failed, patienceMs = 10_000 }: MailOptions): Mail {
  const transport = createTransport({
    url: smtpUrl,
    ...timeouts,
    requireTLS: needsTls(new URL(smtpUrl)),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  async function send({ to, ...letter }: Letter): Promise<boolean> {
    try {
      // an address of its own, not a text that could be read as several
      const sending = transport.sendMail({ from, to: { name: "", address: to }, ...letter });
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
      transport.close();
    },
  };
}

/** A password is never sent in clear, but on this machine. */
const needsTls = ({ username, hostname }: URL): boolean =>
  username !== "" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** A server that answers a byte a second would hold whoever invites; one that takes the letter later than this may still send it. */
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

/** Without the message: it quotes the address. */
function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === "string" ? code : "unknown",
    ...(typeof responseCode === "number" ? { responseCode } : {}),
  };
}
