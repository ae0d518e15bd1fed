/** `daybook-server users`: lists and repairs accounts, for people who are locked out. Links are data, and go to stdout, once. */
import { Command } from "commander";
import { formatTime } from "daybook/internal";
import type { Config } from "../config/index.ts";
import { type OpenServices, withServices } from "../open-services.ts";
import { paths } from "../paths.ts";
import { notice, print, withConfig } from "./output.ts";

/** A person who can run commands on the machine counts as the holder of the operator token. */
const initiator = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
  context: { interface: "cli" },
} as const;

const examples = `
These commands restore access for people who are locked out. Daybook records what they do under the name of the operator
token. Run them with the configuration of the server, which need not stop.

Examples:
  daybook-server users list
  daybook-server users add-operator anne@acme.example --name "Anne Wilson"
  daybook-server users reset anne@acme.example
  daybook-server users remove-second-factor anne@acme.example`;

export function usersCommand(): Command {
  return new Command("users")
    .description("List accounts, add operators, and restore access for people who are locked out.")
    .addHelpText("after", examples)
    .addCommand(
      new Command("list")
        .description("List all accounts, one JSON object per line.")
        .action(() => withSignIn(({ signIn }) => list(signIn))),
    )
    .addCommand(
      new Command("add-operator")
        .description(
          "Make someone an operator. If they can't sign in yet, print a link for choosing a password.",
        )
        .argument("<email>", "their email address")
        .option("--name <name>", "the name for a new account (default: the part before the @)")
        .action((email: string, { name }: { name?: string }) =>
          withSignIn(async ({ signIn }, config) => {
            const { user, link } = await signIn.addOperator({ email, name, initiator });
            notice(`${user.name} (${user.id}) is an operator.`);
            printLink(link, config);
          }),
        ),
    )
    .addCommand(
      new Command("reset")
        .description("Remove someone's password, end their sessions, and print a link for a new password.")
        .argument("<email>", "their email address")
        .addHelpText("after", "\nThe second factor stays. If it is lost too, also run remove-second-factor.")
        .action((email: string) =>
          withSignIn(async ({ signIn }, config) => {
            const { user, link } = await signIn.resetUser({ email, initiator });
            notice(`${user.name} (${user.id}) no longer has a password or a session.`);
            printLink(link, config);
          }),
        ),
    )
    .addCommand(removeSecondFactor());
}

/** For people who lost their phone and their recovery codes. */
const removeSecondFactor = (): Command =>
  new Command("remove-second-factor")
    .description("Remove the second factor of someone who lost it. They still need their password.")
    .argument("<email>", "their email address")
    .action((email: string) =>
      withSignIn(async ({ signIn }) => {
        const user = await signIn.factors.removeOf({ which: { email }, initiator });
        notice(`${user.name} (${user.id}) no longer has a second factor.`);
      }),
    );

const withSignIn = (work: (services: OpenServices, config: Config) => Promise<void>): Promise<void> =>
  withConfig((config) => withServices(config, { notice }, (services) => work(services, config)));

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

/** Prints instructions for the person, and the link alone on stdout. */
function printLink(link: Link, { port, publicUrl, passwords }: Config): void {
  if (link === undefined) {
    notice(passwords ? "They sign in as before." : "They sign in with the identity provider.");
    return;
  }
  const address = publicUrl ?? `http://127.0.0.1:${port}`;
  notice(
    `They can choose a password at this address once, until ${formatTime(link.expiresAt).slice(0, 16)}Z.`,
  );
  notice("Send it to them in a way that nobody else can see:");
  print(`${address}${paths.password()}#${link.code}`);
}
