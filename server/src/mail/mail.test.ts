/** Mails through a real SMTP server on this machine: sent, refused, too slow, not there. */
import { createServer, type Server } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { type MailFailure, openMail } from "./mail.ts";

const letter = {
  to: "bob@example.org",
  subject: "Invitation to Zürich",
  text: "Grüezi: https://log.example.org/invitation#x\n",
  html: "<p>Grüezi</p>",
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly text: string;
  readonly user: string | undefined;
}

/** A mail server on a free port, and its mails. */
async function mailServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, { envelope, user }, done) {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), text, user });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  const port = await listening(server.listen(0, "127.0.0.1"));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port, received };
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.on("listening", () => resolve((server.address() as { port: number }).port));
  });

function opened(smtpUrl: string, patienceMs?: number) {
  const failures: MailFailure[] = [];
  const mail = openMail({
    smtpUrl,
    from: "Daybook <daybook@example.com>",
    failed: (failure) => failures.push(failure),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  closing.push(() => mail.close());
  return { mail, failures };
}

test("a letter comes as plain text and as HTML, from the configured address", async () => {
  const { port, received } = await mailServer();
  const { mail, failures } = opened(`smtp://127.0.0.1:${port}`);
  expect(await mail.send(letter)).toBe(true);
  expect(failures).toEqual([]);
  expect(received).toMatchObject([{ from: "daybook@example.com", to: ["bob@example.org"] }]);
  const { text } = received[0]!;
  expect(text).toMatch(/^From: Daybook <daybook@example\.com>/m);
  expect(text).toMatch(/^To: <?bob@example\.org>?/m);
  expect(text).toContain("Content-Type: text/plain; charset=utf-8");
  expect(text).toContain("Content-Type: text/html; charset=utf-8");
  expect(text).toContain("https://log.example.org/invitation#x");
});

test("the user and the password of the address are used", async () => {
  const { port, received } = await mailServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === "p@ss" ? done(null, { user: username ?? "" }) : done(new Error("no")),
  });
  expect(await opened(`smtp://daybook:p%40ss@127.0.0.1:${port}`).mail.send(letter)).toBe(true);
  expect(received).toMatchObject([{ user: "daybook" }]);
  const wrong = opened(`smtp://daybook:wrong@127.0.0.1:${port}`);
  expect(await wrong.mail.send(letter)).toBe(false);
  expect(wrong.failures).toMatchObject([{ code: "EAUTH", responseCode: 535 }]);
});

test("an address that could be read as several goes to one or to nobody", async () => {
  const { port, received } = await mailServer();
  const { mail } = opened(`smtp://127.0.0.1:${port}`);
  for (const to of [
    "a@example.org, b@example.org",
    "Anne <b@example.org>",
    "a@example.org\r\nBcc: b@example.org",
  ])
    await mail.send({ ...letter, to });
  for (const { to, text } of received) {
    expect(to).not.toContain("b@example.org");
    expect(text).not.toMatch(/^Bcc:/m);
  }
});

test("a letter that is refused is told without its address", async () => {
  const { port } = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(Object.assign(new Error(`no such user ${address}`), { responseCode: 550 })),
  });
  const { mail, failures } = opened(`smtp://127.0.0.1:${port}`);
  expect(await mail.send(letter)).toBe(false);
  expect(failures).toEqual([{ code: "EENVELOPE", responseCode: 550 }]);
});

test("a server that isn't there, or is silent, holds nobody up", async () => {
  const { port } = await mailServer();
  await closing.pop()!();
  const absent = opened(`smtp://127.0.0.1:${port}`);
  expect(await absent.mail.send(letter)).toBe(false);
  expect(absent.failures).toEqual([{ code: expect.stringMatching(/^E/) }]);

  const sockets = new Set<{ destroy(): unknown }>();
  const silent = createServer((socket) => void sockets.add(socket));
  const silentPort = await listening(silent.listen(0, "127.0.0.1"));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const began = performance.now();
  const slow = opened(`smtp://127.0.0.1:${silentPort}`, 200);
  expect(await slow.mail.send(letter)).toBe(false);
  expect(slow.failures).toEqual([{ code: "ETIMEDOUT" }]);
  expect(performance.now() - began).toBeLessThan(9_000);
});

test("a password isn't sent in clear to another machine", async () => {
  const passwords: unknown[] = [];
  const { port, received } = await mailServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ password, username }, _session, done) => {
      passwords.push(password);
      done(null, { user: username ?? "" });
    },
  });
  // Linux treats 0.0.0.0 as this machine; nothing else does
  const { mail, failures } = opened(`smtp://daybook:secret@0.0.0.0:${port}`);
  expect(await mail.send(letter)).toBe(false);
  expect([received, passwords]).toEqual([[], []]);
  expect(failures).toEqual([{ code: "ETLS", responseCode: expect.any(Number) }]);
});

test("a letter that nobody waits for is sent beside, closing waits for it, and no more than some are under way", async () => {
  const { port, received } = await mailServer();
  const { mail, failures } = opened(`smtp://127.0.0.1:${port}`);
  for (let i = 0; i < 25; i++) mail.post(letter);
  expect(received).toEqual([]);
  await mail.close();
  expect(received).toHaveLength(20);
  expect(failures).toEqual(Array.from({ length: 5 }, () => ({ code: "EBUSY" })));
});

test("letters to many go one after the other, in the place of one; what is left at the end is told", async () => {
  const { port, received } = await mailServer();
  const { mail, failures } = opened(`smtp://127.0.0.1:${port}`);
  mail.postAll(Array.from({ length: 25 }, (_, n) => ({ ...letter, to: `member-${n}@example.org` })));
  mail.post(letter);
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(26);
  expect(new Set(received.flatMap(({ to }) => to)).size).toBe(26);
  mail.postAll([letter, letter, letter]);
  await mail.close();
  expect(received).toHaveLength(27);
  expect(failures).toEqual([{ code: "EBUSY" }, { code: "EBUSY" }]);
});
