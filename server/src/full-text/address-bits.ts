/** Addresses as bits: a network is a beginning of the addresses in it. */
import { isIP } from "node:net";

/** An address as `4` or `6` and its bits, so that its networks are its beginnings; undefined for what is no address. */
export function addressBits(address: string): string | undefined {
  const version = isIP(address);
  if (version === 4)
    return `4${address
      .split(".")
      .map((part) => bitsOf(Number(part), 8))
      .join("")}`;
  if (version !== 6) return undefined;
  const plain = address.replace(/%.*$/, "").replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [left = "", right = ""] = plain.split("::");
  const groups = (text: string): string[] => text.split(":").filter((group) => group !== "");
  const [start, end] = [groups(left), groups(right)];
  const zeros = Array.from({ length: 8 - start.length - end.length }, () => "0");
  return `6${[...start, ...zeros, ...end].map((group) => bitsOf(Number.parseInt(group, 16), 16)).join("")}`;
}

const bitsOf = (value: number, length: number): string => value.toString(2).padStart(length, "0");

/** The first bits of IPv6 addresses that stand for IPv4 addresses (RFC 4291 section 2.5.5.2), and the first of the latter. */
const [mapped, plain] = [`6${"0".repeat(80)}${"1".repeat(16)}`, "4"];
const prefixLength = /^(?:0|[1-9]\d{0,2})$/;

/**
 * The beginnings of the bits of all addresses of a network (`192.0.2.0/24`), or of one address. An IPv4 address and the IPv6 address that stands
 * for it are the same. Undefined for what is neither.
 */
export function networkBits(network: string): string[] | undefined {
  const [address = "", length, ...more] = network.split("/");
  const whole = addressBits(address);
  if (whole === undefined || more.length > 0) return undefined;
  const most = whole.length - 1;
  if (length !== undefined && !(prefixLength.test(length) && Number(length) <= most)) return undefined;
  const bits = whole.slice(0, 1 + Number(length ?? most));
  if (whole.startsWith(plain)) return [bits, mapped + bits.slice(plain.length)];
  return bits.startsWith(mapped) ? [bits, plain + bits.slice(mapped.length)] : [bits];
}
