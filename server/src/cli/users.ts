/** `daybook-server users`: accounts, for whoever is locked out. Links are data, and go to stdout; they are shown this once. */
import { Command } from "commander";
import { formatTime } from "daybook/internal";
import type { Config } from "../config/index.ts";
import { type OpenServices, withServices } from "../open-services.ts";
import { print, say, withConfig } from "./say.ts";

/** Whoever can run commands on the machine is an operator. */
const by = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
  context: { interface: "cli" },
} as const;

const examples = `
For people who are locked out. What is done here is recorded, as done by an operator. Run it with the configuration of the server,
which may go on running.

Examples:
  daybook-server users list
  daybook-server users add-operator anne@acme.example --name "Anne Wilson"
  daybook-server users reset anne@acme.example
  daybook-server users remove-second-factor anne@acme.example`;

export function usersCommand(): Command {
  return new Command("users")
    .description("List accounts, make operators, reset who is locked out.")
    .addHelpText("after", examples)
    .addCommand(
      new Command("list")
        .description("List all accounts, a JSON object a line.")
        .action(() => withSignIn(({ signIn }) => list(signIn))),
    )
    .addCommand(
      new Command("add-operator")
        .description("Make somebody an operator; prints a link where they can't sign in yet.")
        .argument("<email>", "their address")
        .option("--name <name>", "the name of a new account; what stands before the @ if absent")
        .action((email: string, { name }: { name?: string }) =>
          withSignIn(async ({ signIn }, config) => {
            const { user, link } = await signIn.addOperator({ email, name, by });
            say(`${user.name} (${user.id}) is an operator.`);
            tell(link, config);
          }),
        ),
    )
    .addCommand(
      new Command("reset")
        .description("Take somebody's password away, end their sessions, print a link for a new password.")
        .argument("<email>", "their address")
        .addHelpText("after", "\nTheir second factor stays: who lost it too needs remove-second-factor.")
        .action((email: string) =>
          withSignIn(async ({ signIn }, config) => {
            const { user, link } = await signIn.resetUser({ email, by });
            say(`${user.name} (${user.id}) has no password and no session any more.`);
            tell(link, config);
          }),
        ),
    )
    .addCommand(removeSecondFactor());
}

/** For who lost both app and recovery codes. */
const removeSecondFactor = (): Command =>
  new Command("remove-second-factor")
    .description("Remove the second factor of somebody who lost it; their password is still asked for.")
    .argument("<email>", "their address")
    .action((email: string) =>
      withSignIn(async ({ signIn }) => {
        const user = await signIn.factors.removeOf({ which: { email }, by });
        say(`${user.name} (${user.id}) has no second factor any more.`);
      }),
    );

const withSignIn = (work: (services: OpenServices, config: Config) => Promise<void>): Promise<void> =>
  withConfig((config) => withServices(config, { say }, (services) => work(services, config)));

const pageSize = 500;

async function list(signIn: OpenServices["signIn"]): Promise<void> {
  for (let after: string | undefined; ; ) {
    const page = await signIn.users({ after, limit: pageSize });
    for (const { id, email, name, isOperator, hasPassword, issuer, createdAt } of page) {
      const line = { id, email, name, isOperator, hasPassword, issuer, createdAt: formatTime(createdAt) };
      print(JSON.stringify(line));
    }
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

type Link = Awaited<ReturnType<OpenServices["signIn"]["resetUser"]>>["link"];

/** What to do with the link, to the person; the link alone, to stdout. */
function tell(link: Link, { port, publicUrl, passwords }: Config): void {
  if (link === undefined) {
    say(passwords ? "They sign in as before." : "They sign in by the identity provider.");
    return;
  }
  const address = publicUrl ?? `http://127.0.0.1:${port}`;
  say(`Until ${formatTime(link.expiresAt).slice(0, 16)}Z, once, they choose a password at this address.`);
  say("Hand it over in a way that nobody else sees:");
  print(`${address}/password#${link.code}`);
}
