/** Makes the first account of a build; the whole Cookie header of its session. */
import type { Build } from "./builds.ts";

export async function setUp({ setUpLink }: Build): Promise<string> {
  const link = setUpLink();
  const body = new URLSearchParams({
    code: link.hash.slice(1),
    name: "Anne Wilson",
    email: "anne@acme.example",
    password: "correct horse battery staple",
  });
  const answer = await fetch(link, {
    method: "POST",
    headers: { origin: link.origin },
    body,
    redirect: "manual",
  });
  if (answer.status !== 303) throw new Error(`the set-up answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
