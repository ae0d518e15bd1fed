/**
 * Names of members that contain secrets (spec/hiding.md, section 2; spec/secret-names.json). Names are compared folded:
 * ASCII letters in lower case, without `_` and `-`.
 */

/** The lists of `spec/secret-names.json`, each of folded names. */
export interface SecretNames {
  /** Names whose value is secret. */
  readonly secret: readonly string[];
  /** Names within an object under a secret name whose value is secret. */
  readonly within: readonly string[];
  /** Names of members whose text names the members beside them. */
  readonly naming: readonly string[];
  /** Names of those members beside them. */
  readonly beside: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The lists under number 1. */
export const secretNames1: SecretNames = {
  secret: words(`
    password passwd pwd passphrase passcode newpassword oldpassword currentpassword confirmpassword passwordhash dbpassword
    databasepassword smtppassword adminpassword
    secret clientsecret consumersecret appsecret apisecret sharedsecret signingsecret webhooksecret totpsecret secretkey
    secretaccesskey accesskey accountkey apikey apikeys xapikey subscriptionkey ocpapimsubscriptionkey privatekey
    sshprivatekey signingkey encryptionkey masterkey
    token accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken apitoken personalaccesstoken
    registrationaccesstoken xauthtoken csrftoken jwt clientassertion
    authorization proxyauthorization cookie setcookie
    connectionstring databaseurl otp recoverycodes backupcodes cardnumber cvv cvc`),
  within: words("value values from to old new oldvalue newvalue plain"),
  naming: words("name key header field"),
  beside: words("value values from to oldvalue newvalue"),
};

/** A folded name. Folding is only for ASCII: no other letter becomes one of these. */
export function fold(name: string): string {
  if (!/[A-Z_-]/.test(name)) return name;
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replace(/[_-]+/g, "");
}

/** The kinds of a name, as bits. */
export const isSecret = 1;
export const isWithin = 2;
export const isNaming = 4;
export const isBeside = 8;

/** The size of the cache, and the maximum length of a name in it: events repeat the same names. */
const mostRemembered = 10_000;
const longestRemembered = 64;

/** Looks up the kinds of names. */
export class NameKinds {
  readonly #kinds = new Map<string, number>();
  readonly #remembered = new Map<string, number>();
  /** 1 for the characters with which a secret name can end, in any spelling. */
  readonly #lastLetters = new Uint8Array(128);

  constructor({ secret, within, naming, beside }: SecretNames) {
    for (const name of secret) {
      const last = name.charCodeAt(name.length - 1);
      this.#lastLetters[last] = 1;
      this.#lastLetters[last - 32] = 1;
    }
    for (const mark of "_-") this.#lastLetters[mark.charCodeAt(0)] = 1;
    const lists: [readonly string[], number][] = [
      [secret, isSecret],
      [within, isWithin],
      [naming, isNaming],
      [beside, isBeside],
    ];
    for (const [names, kind] of lists) {
      for (const name of names) this.#kinds.set(name, (this.#kinds.get(name) ?? 0) | kind);
    }
  }

  of(name: string): number {
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const kind = this.#kinds.get(fold(name)) ?? 0;
    if (this.#remembered.size < mostRemembered && name.length <= longestRemembered)
      this.#remembered.set(name, kind);
    return kind;
  }

  /** Whether a text, folded, is one of the secret names. Most texts are ruled out by their last character. */
  isSecret(text: string): boolean {
    const last = text.charCodeAt(text.length - 1);
    if (!(last < 128 && this.#lastLetters[last] === 1)) return false;
    return ((this.#kinds.get(fold(text)) ?? 0) & isSecret) !== 0;
  }
}
