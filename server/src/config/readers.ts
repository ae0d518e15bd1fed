/**
 * Readers for each kind of value: they return the value, or a sentence that says what it must be. Errors never contain the value of a
 * secret.
 */
import { resolve } from "node:path";
import { DatabaseUrlError, parseDatabaseUrl } from "../database-url/index.ts";
import { type CheckInterval, checkIntervals, type LogLevel, logLevels, poolers } from "./table.ts";

/** Throws a sentence that says what the value must be; returns the value. */
export type SettingReader<T> = (text: string) => T;

/** What is wrong with a value; the sentence continues after the name of its variable. */
export class Wrong extends Error {}

export const wrong = (sentence: string): never => {
  throw new Wrong(sentence);
};

export const readPort: SettingReader<number> = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Number(text)
    : wrong(`must be a whole number from 0 to 65535, not ${shown(text)}`);

export const readHost: SettingReader<string> = (text) =>
  /^[\w.:%-]{1,253}$/.test(text) ? text : wrong(`must be an IP address or a host name, not ${shown(text)}`);

export const readFolder: SettingReader<string> = (text) =>
  text.includes("\0") ? wrong("must be the path of a folder") : resolve(text);

export const readDatabaseUrl: SettingReader<string> = (text) => {
  try {
    parseDatabaseUrl(text);
    return text;
  } catch (error) {
    if (error instanceof DatabaseUrlError) return wrong(error.message);
    throw error;
  }
};

export const readRole: SettingReader<string> = (text) =>
  Buffer.byteLength(text) <= 63 && !text.includes("\0")
    ? text
    : wrong("must be the name of a role in the database, of at most 63 bytes");

export const readPooler: SettingReader<(typeof poolers)[number]> = (text) =>
  poolers.find((mode) => mode === text) ?? wrong(`must be one of ${poolers.join(", ")}, not ${shown(text)}`);

export const readToken: SettingReader<string> = (text) =>
  /^[!-~]{32,512}$/.test(text) ? text : wrong("must be 32 to 512 printable ASCII characters without spaces");

export const readSecretsKey: SettingReader<string> = (text) =>
  /^\s*[A-Za-z0-9+/_-]{43}=?(\s+[A-Za-z0-9+/_-]{43}=?)*\s*$/.test(text)
    ? text.trim()
    : wrong(
        "must be 32 random bytes in base64, as 'openssl rand -base64 32' prints them, or several of these separated by spaces",
      );

export const readPublicUrl: SettingReader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  return isPlain && /^https?:$/.test(url.protocol)
    ? url.href.replace(/\/+$/, "")
    : wrong("must be like https://daybook.example.com, without user, password, query or fragment");
};

export const readOrigins: SettingReader<readonly string[]> = (text) => {
  const origins = text.trim().split(/\s+/);
  const isOrigin = (each: string): boolean =>
    /^https?:\/\/[a-z0-9.:[\]-]+$/.test(each) && URL.canParse(each) && new URL(each).origin === each;
  return origins.every(isOrigin)
    ? origins
    : wrong(
        "must be origins like https://app.example.com, without a path or a slash at the end, separated by spaces",
      );
};

export const readLogName: SettingReader<string> = (text) =>
  /^[a-z0-9]([a-z0-9._/-]{0,98}[a-z0-9])?$/.test(text) && !text.includes("/o/")
    ? text
    : wrong(
        `must be like audit.example.com: 1 to 100 of a-z, 0-9, '.', '-', '_', '/', without '/o/', not ${shown(text)}`,
      );

export const readLogLevel: SettingReader<LogLevel> = (text) =>
  logLevels.find((level) => level === text) ??
  wrong(`must be one of ${logLevels.join(", ")}, not ${shown(text)}`);

export const readInterval: SettingReader<CheckInterval> = (text) =>
  checkIntervals.find((interval) => interval === text) ??
  wrong(`must be one of ${checkIntervals.join(", ")}, not ${shown(text)}`);

export const readOnOff: SettingReader<boolean> = (text) =>
  text === "on" || text === "off" ? text === "on" : wrong(`must be on or off, not ${shown(text)}`);

export const readNeeded: SettingReader<"required" | "none"> = (text) =>
  text === "required" || text === "none" ? text : wrong(`must be required or none, not ${shown(text)}`);

export const readCount = (most: number): SettingReader<number> => readCountFrom(0, most);

export const readCountFrom =
  (least: number, most: number): SettingReader<number> =>
  (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? Number(text)
      : wrong(`must be a whole number from ${least} to ${most}, not ${shown(text)}`);

export const readMinutes =
  (least: number, most: number): SettingReader<number> =>
  (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? Number(text)
      : wrong(`must be a whole number from ${least} to ${most}, not ${shown(text)}`);

export const readIssuer: SettingReader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return url?.protocol === "https:" || (url?.protocol === "http:" && loopback)
    ? text
    : wrong(
        "must be the provider's issuer URL, such as https://login.example.com (http: on this machine only)",
      );
};

export const readSmtpUrl: SettingReader<string> = (text) =>
  /^smtps?:\/\/[^/]/.test(text) && URL.canParse(text)
    ? text
    : wrong("must be like smtp://user:password@host:587 or smtps://user:password@host");

export const readWords: SettingReader<string> = (text) =>
  /^[^\u0000-\u001f\u007f]{1,512}$/.test(text) ? text : wrong("must be 1 to 512 characters on one line");

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
