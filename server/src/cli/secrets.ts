/** `daybook-server secrets`: the key that secrets are encrypted by. Prints none. */
import { join } from "node:path";
import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { rotateSecretsKey } from "../deployment.ts";
import { withServices } from "../open-services.ts";
import { say, withConfig } from "./say.ts";

const help = `
Without DAYBOOK_SECRETS_KEY: puts a new key before those of the file secrets-key in the data folder, and encrypts every secret by it.
Processes that run on this data folder take it up themselves; copy the file to the others.
With DAYBOOK_SECRETS_KEY: encrypts every secret by its first key. Put the new key behind the old one in every process first, then before it,
then run this; then the old one can go.

Keep old keys for as long as you keep backups that were made before.`;

const count = (secrets: number): string => (secrets === 1 ? "1 secret is" : `${secrets} secrets are`);

const unread = (secrets: number): DaybookError =>
  new DaybookError("secret-unreadable", {
    detail: `${count(secrets)} encrypted by none of the keys here, or changed, and stayed as before.`,
    remedy:
      "Put the missing key behind the others, from a backup, and run this again. If it is lost for good: 'daybook-server users remove-second-factor'.",
  });

export function secretsCommand(): Command {
  return new Command("secrets").description("The key that second factors are encrypted by.").addCommand(
    new Command("rotate")
      .description("Encrypt every secret by another key.")
      .addHelpText("after", help)
      .action(() =>
        withConfig((config) =>
          withServices(config, { say }, async ({ log, signIn }) => {
            if (await rotateSecretsKey(config, { log }))
              say(`A new key is in ${join(config.dataFolder, "secrets-key")}, before the old one.`);
            const { resealed, unreadable } = await signIn.factors.resealAll();
            say(`${count(resealed)} encrypted by the new key.`);
            if (unreadable > 0) throw unread(unreadable);
          }),
        ),
      ),
  );
}
