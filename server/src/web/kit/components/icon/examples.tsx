/** All icons. */
import type { Examples } from "../example.ts";
import { Icon } from "./icon.tsx";
import { iconNames } from "./names.ts";

export const iconExamples: Examples = {
  component: "Icon",
  examples: [
    {
      name: "each beside its name",
      shown: (
        <div class="db-row">
          {iconNames.map((name) => (
            <span>
              <Icon name={name} /> {name}
            </span>
          ))}
        </div>
      ),
    },
  ],
};
