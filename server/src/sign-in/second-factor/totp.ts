/**
 * Codes of authenticator apps: RFC 6238 with the parameters that every app supports: SHA-1, 6 digits, 30 seconds. A code is valid in its
 * own time step and in the ones before and after, for clocks that differ.
 */
import { Secret, TOTP } from "otpauth";

const secretBytes = 20;
const period = 30;
/** The number of steps before and after the present one whose codes are valid. */
const window = 1;
/** The same for a taken step, which the clock of another process can have accepted a minute early. */
const tolerance = window + 2;
const form = { algorithm: "SHA1", digits: 6, period } as const;

/** A new secret, in base32, as apps read it. */
export const newTotpSecret = (): string => new Secret({ size: secretBytes }).base32;

/** The content of the QR code: `otpauth://totp/…`. */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ ...form, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();

/** A typed code without the spaces that apps show; undefined if it can't be one. */
export function totpCodeIn(text: string): string | undefined {
  const code = text.replaceAll(/\s/g, "");
  return /^\d{6}$/.test(code) ? code : undefined;
}

/**
 * The time step of this code, if it is valid at `now` (microseconds) and newer than `lastStep`: each works once. A `lastStep` that no code
 * can have yet was taken by a clock that ran ahead, and would lock its owner out until then.
 */
export function stepOf(
  code: string,
  { secret, now, lastStep }: { secret: string; now: bigint; lastStep: bigint },
): bigint | undefined {
  const totp = new TOTP({ ...form, secret: Secret.fromBase32(secret) });
  const timestamp = Number(now / 1000n);
  const delta = totp.validate({ token: code, timestamp, window });
  if (delta === null) return undefined;
  const present = Math.floor(timestamp / 1000 / period);
  const step = BigInt(present + delta);
  return step > lastStep || lastStep > BigInt(present + tolerance) ? step : undefined;
}
