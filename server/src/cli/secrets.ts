/** `daybook-server secrets`: rotates the secrets key. Prints no key. */
import { join } from "node:path";
import { Command } from "commander";
import { DaybookError } from "daybook/internal";
import { rotateSecretsKey } from "../deployment.ts";
import { withServices } from "../open-services.ts";
import { notice, withConfig } from "./output.ts";

const help = `
Without DAYBOOK_SECRETS_KEY, this command adds a new key at the start of the file secrets-key in the data folder, and
encrypts every secret with it. Processes that use this data folder read the new key automatically; copy the file to other
machines.

With DAYBOOK_SECRETS_KEY, this command encrypts every secret with the first key. First append the new key to the variable
in every process. Then move it to the front, and run this command. After that, you can remove the old key.

Keep old keys for as long as you keep backups that were made with them.`;

const count = (secrets: number): string => (secrets === 1 ? "1 secret is" : `${secrets} secrets are`);

const unread = (secrets: number): DaybookError =>
  new DaybookError("secret-unreadable", {
    detail: `${count(secrets)} encrypted with a missing key or altered, and left unchanged.`,
    remedy:
      "Append the missing key from a backup, and run this again. If the key is lost, use 'daybook-server users remove-second-factor'.",
  });

export function secretsCommand(): Command {
  return new Command("secrets").description("Manage the key that encrypts second factors.").addCommand(
    new Command("rotate")
      .description("Encrypt every secret with a new key.")
      .addHelpText("after", help)
      .action(() =>
        withConfig((config) =>
          withServices(config, { notice }, async ({ log, signIn }) => {
            if (await rotateSecretsKey(config, { log }))
              notice(`A new key is in ${join(config.dataFolder, "secrets-key")}, in front of the old one.`);
            const { resealed, unreadable } = await signIn.factors.resealAll();
            notice(`${count(resealed)} encrypted with the new key.`);
            if (unreadable > 0) throw unread(unreadable);
          }),
        ),
      ),
  );
}
