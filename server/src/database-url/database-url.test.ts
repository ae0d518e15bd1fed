/** DATABASE_URL: each form that psql takes, read as libpq reads it, and refused in a sentence without its values. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DatabaseUrlError, parseDatabaseUrl } from "./index.ts";

test.each([
  ["postgresql://", {}],
  ["postgres://localhost", { host: "localhost" }],
  ["postgresql://localhost:5433", { host: "localhost", port: "5433" }],
  ["postgresql:///mydb?host=localhost&port=5433", { dbname: "mydb", host: "localhost", port: "5433" }],
  [
    "postgresql://other@localhost/otherdb?connect_timeout=10&application_name=my%20app",
    {
      user: "other",
      host: "localhost",
      dbname: "otherdb",
      connect_timeout: "10",
      application_name: "my app",
    },
  ],
  [
    "postgresql://user:p@/db?host=/cloudsql/project:region:one&port=21540",
    {
      user: "user",
      password: "p",
      dbname: "db",
      host: "/cloudsql/project:region:one",
      port: "21540",
    },
  ],
  [
    "postgresql://u@%2Fvar%2Flib%2Fpg:21540/db",
    { user: "u", host: "/var/lib/pg", port: "21540", dbname: "db" },
  ],
  [
    "postgresql://[2001:db8::1234]:5433/database",
    { host: "2001:db8::1234", port: "5433", dbname: "database" },
  ],
  [
    "postgresql://h1:123,h2,[::1]:456/db?target_session_attrs=read-write",
    {
      host: "h1,h2,::1",
      port: "123,,456",
      dbname: "db",
      target_session_attrs: "read-write",
    },
  ],
  [
    "postgresql://we%20ird-%C3%9Cser:p%40ss%3Aw%2Fo%23r%3Fd%25%26%C3%A9%20%22x@h/wei%20rd",
    {
      user: "we ird-Üser",
      password: 'p@ss:w/o#r?d%&é "x',
      host: "h",
      dbname: "wei rd",
    },
  ],
  ["postgresql://u:a:b#c?d@h/db", { user: "u", password: "a:b#c?d", host: "h", dbname: "db" }],
  [
    "postgresql://h/db?options=-c%20search_path%3Daudit+x",
    { host: "h", dbname: "db", options: "-c search_path=audit+x" },
  ],
  ["postgresql://h/db?ssl=true", { host: "h", dbname: "db", sslmode: "require" }],
  [
    "postgresql://h/db?pgbouncer=true&schema=public&sslmode=verify-full",
    { host: "h", dbname: "db", sslmode: "verify-full" },
  ],
  [
    "host=/var/run/postgresql dbname = mydb user='a b' password='it\\'s \\\\' sslmode=require",
    {
      host: "/var/run/postgresql",
      dbname: "mydb",
      user: "a b",
      password: "it's \\",
      sslmode: "require",
    },
  ],
  ["host=a,b port=1,2 dbname=''", { host: "a,b", port: "1,2" }],
] as const)("%s is read", (text, keywords) => {
  expect(parseDatabaseUrl(text)).toEqual(keywords);
});

test.each([
  ["mysql://a/b", /^must be like postgresql:\/\//],
  ["localhost:5432/daybook", /^must be like/],
  ["postgres:/a", /^must be like/],
  ["postgresql://u:secret@ss:w@h:port/db", /write @ as %40/],
  ["postgresql://user:secret@localhost:notaport/daybook", /^must be like/],
  ["postgresql://user:sec%ret@localhost/daybook", /% as %25/],
  ["postgresql://h:70000/secret", /^must have numbers from 0 to 65535 as ports/],
  ["host=secret port=", /^must be like|^$/],
  ["host=secret port", /^must be like/],
  ["host='secret", /^must be like/],
  ["host=a,b,c port=1,2 user=secret", /one port, or one for each host/],
  ["postgresql://h/secret?sslmode=on", /one of disable, allow, prefer, require, verify-ca, verify-full/],
  ["postgresql://h/secret?target_session_attrs=standby", /as target_session_attrs, because Daybook writes/],
  ["service=secret", /^must not have service: write out/],
  ["postgresql://h/secret?sslcrl=/a", /^must not have sslcrl/],
  ["", /^must be like/],
])("%s is refused without its values", (text, sentence) => {
  let message = "";
  try {
    parseDatabaseUrl(text);
  } catch (error) {
    expect(error).toBeInstanceOf(DatabaseUrlError);
    message = (error as Error).message;
  }
  expect(message).toMatch(sentence);
  expect(message).not.toContain("secret");
});

test("any user, password and database come back from a URL and from pairs", () => {
  const word = fc
    .string({ minLength: 1, maxLength: 12, unit: "grapheme" })
    .filter((text) => !text.includes("\0"));
  const property = fc.property(word, word, word, (user, password, dbname) => {
    const [u, p, d] = [user, password, dbname].map(encodeURIComponent);
    expect(parseDatabaseUrl(`postgresql://${u}:${p}@host/${d}`)).toEqual({
      user,
      password,
      host: "host",
      dbname,
    });
    const quoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;
    const pairs = `user=${quoted(user)} password=${quoted(password)} dbname=${quoted(dbname)}`;
    expect(parseDatabaseUrl(pairs)).toEqual({ user, password, dbname });
  });
  fc.assert(property);
});
