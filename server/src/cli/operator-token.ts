/** `daybook-server operator-token`: replaces the token. It writes the new one to its file, and never prints it. */
import { join } from "node:path";
import { Command } from "commander";
import { withServices } from "../open-services.ts";
import { replaceOperatorToken } from "../operator-token/index.ts";
import { notice, withConfig } from "./output.ts";

/** A person who can run commands on the machine counts as an operator. */
const initiator = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
  context: { interface: "cli" },
} as const;

export function operatorTokenCommand(): Command {
  return new Command("operator-token").description("Manage the operator token.").addCommand(
    new Command("replace")
      .description(
        "Replace the operator token with a new one, in the file operator-token of the data folder.",
      )
      .addHelpText(
        "after",
        "\nThe replacement is recorded in the log. You need not stop the server: it refuses the old token within a second.",
      )
      .action(() =>
        withConfig((config) =>
          withServices(config, { notice }, async ({ store, log }) => {
            const { isPlaced } = await replaceOperatorToken(config, { store, log, initiator, file: "make" });
            const path = join(config.dataFolder, "operator-token");
            notice(
              isPlaced
                ? `A new operator token is in ${path}, readable only by you. The old token no longer works.`
                : `The new operator token works, but could not be written to ${path}. The next start of Daybook writes it.`,
            );
          }),
        ),
      ),
  );
}
