/** `daybook-server secrets`: the key that secrets are encrypted by. Prints none. */
import { Command } from "commander";
import { rotateSecretsKey } from "../deployment.ts";
import { withRooms } from "../rooms.ts";
import { say, withConfig } from "./say.ts";

const help = `
Without DAYBOOK_SECRETS_KEY: puts a new key before those of the file secrets-key in the data folder, and encrypts every secret by it.
Processes that run on this data folder take it up themselves; copy the file to the others.
With DAYBOOK_SECRETS_KEY: encrypts every secret by its first key. Put the new key behind the old one in every process first, then before it,
then run this; then the old one can go.

Keep old keys for as long as you keep backups that were made before.`;

export function secretsCommand(): Command {
  return new Command("secrets").description("The key that second factors are encrypted by.").addCommand(
    new Command("rotate")
      .description("Encrypt every secret by another key.")
      .addHelpText("after", help)
      .action(() =>
        withConfig(async (config) => {
          if (rotateSecretsKey(config))
            say(`A new key is in ${config.dataFolder}/secrets-key, before the old one.`);
          await withRooms(config, { say }, async ({ signIn }) => {
            const resealed = await signIn.factors.resealAll();
            say(`${resealed} ${resealed === 1 ? "secret is" : "secrets are"} encrypted by the new key.`);
          });
        }),
      ),
  );
}
