/**
 * Codes of authenticator apps: RFC 6238 with what every app knows, which is SHA-1, 6 digits, 30 seconds. A code counts in its own
 * step of time and in the one before and after, for clocks that differ. It refuses to know whose they are.
 */
import { Secret, TOTP } from "otpauth";

const secretBytes = 20;
const period = 30;
/** Steps before and after the present one whose codes count. */
const window = 1;
const form = { algorithm: "SHA1", digits: 6, period } as const;

/** A new secret, in base32 as apps take it. */
export const newTotpSecret = (): string => new Secret({ size: secretBytes }).base32;

/** What the QR code says: `otpauth://totp/…`. */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ ...form, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();

/** A code as it was typed, without the spaces that apps show; undefined if it can't be one. */
export function totpCodeIn(text: string): string | undefined {
  const code = text.replaceAll(/\s/g, "");
  return /^\d{6}$/.test(code) ? code : undefined;
}

/** The step of time whose code this is, if it counts at `now` (microseconds) and is newer than `lastStep`: each works once. */
export function stepOf(
  code: string,
  { secret, now, lastStep }: { secret: string; now: bigint; lastStep: bigint },
): bigint | undefined {
  const totp = new TOTP({ ...form, secret: Secret.fromBase32(secret) });
  const timestamp = Number(now / 1000n);
  const delta = totp.validate({ token: code, timestamp, window });
  if (delta === null) return undefined;
  const step = BigInt(Math.floor(timestamp / 1000 / period) + delta);
  return step > lastStep ? step : undefined;
}
