/**
 * Passwords: how they are kept (scrypt, RFC 7914) and compared. A computation takes a good part of a second and 128 MiB, so
 * few run at once and few wait. Refuses to know whose password it is.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { DaybookError } from "daybook/internal";

export interface Passwords {
  /** The text that is kept: `$scrypt$ln=17,r=8,p=1$<salt>$<hash>`, unpadded base64. Throws `overloaded`. */
  hash(password: string): Promise<string>;
  /** Computes in any case, so that time doesn't tell whether there is a password to compare with. Throws `overloaded`. */
  verify(password: string, kept: string | null | undefined): Promise<boolean>;
  /** Whether it is kept by other parameters than a new one would be. */
  isOutdated(kept: string): boolean;
}

/** N is 2 to the power of `ln`. */
interface ScryptParameters {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

interface KeptPassword extends ScryptParameters {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** `ln` of a new password, as OWASP advises it for r=8, p=1. */
const usualLn = 17;
const saltBytes = 16;
const hashBytes = 32;
/** Computations at once: libuv has four threads, and files and DNS need some. */
const mostAtOnce = 2;
/** Those that wait: a few seconds' worth. */
const mostWaiting = 32;

const keptForm =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43,86})$/;

/** `ln` lower than usual is for tests only. */
export function openPasswords({ ln = usualLn }: { readonly ln?: number } = {}): Passwords {
  const parameters: ScryptParameters = { ln, r: 8, p: 1 };
  const inTurn = turns();
  const compute = (password: string, kept: Omit<KeptPassword, "hash">, length: number): Promise<Buffer> =>
    inTurn(() => derive(password, kept, length));
  /** Compared with where there is nothing to compare with: nobody knows what it is the hash of. */
  const nobodys: KeptPassword = { ...parameters, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return write({
        ...parameters,
        salt,
        hash: await compute(password, { ...parameters, salt }, hashBytes),
      });
    },
    async verify(password, kept) {
      const known = kept === null || kept === undefined ? undefined : read(kept);
      const { hash, ...rest } = known ?? nobodys;
      const computed = await compute(password, rest, hash.length);
      return timingSafeEqual(computed, hash) && known !== undefined;
    },
    isOutdated(kept) {
      const known = read(kept);
      return known.ln !== ln || known.r !== parameters.r || known.p !== parameters.p;
    },
  };
}

/** The same password however it was typed in: composed and compatible characters are one (NFKC). */
const derive = (
  password: string,
  { ln, r, p, salt }: Omit<KeptPassword, "hash">,
  length: number,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const N = 2 ** ln;
    const options = { N, r, p, maxmem: 2 * 128 * N * r * p };
    scrypt(password.normalize("NFKC"), salt, length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

const write = ({ ln, r, p, salt, hash }: KeptPassword): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;

function read(kept: string): KeptPassword {
  const [, ln, r, p, salt = "", hash = ""] = keptForm.exec(kept) ?? [];
  if (ln === undefined)
    throw new DaybookError("internal", { detail: "A password is kept in a form that is not known." });
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

/** Runs work one after the other, a few at once; what would wait too long is refused. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < mostAtOnce) running++;
    else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw tooMany();
    try {
      return await work();
    } finally {
      // the place is handed on, so that nobody who comes in now gets before those who wait
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

const tooMany = (): DaybookError =>
  new DaybookError("overloaded", {
    detail: "Too many people are signing in right now.",
    remedy: "Wait for the time in Retry-After, then try again.",
    retryAfter: 5,
  });
