/** The suggestions below the search box, which its script puts there. */
import type { VNode } from "preact";
import { marked } from "../../kit/components/marked-text/marked-text.tsx";
import type { SuggestedGroup } from "./suggested.ts";

interface SuggestionListProps {
  readonly groups: readonly SuggestedGroup[];
  /** Where what they replace begins. */
  readonly start: number;
}

export const SuggestionList = ({ groups, start }: SuggestionListProps): VNode => {
  let number = 0;
  return (
    <div role="listbox" id="suggestions" aria-label="Suggestions" data-start={start}>
      {groups
        .filter(({ options }) => options.length > 0)
        .map(({ title, options }, n) => (
          // biome-ignore lint/a11y/useSemanticElements: a list box can't have a fieldset
          <div role="group" aria-labelledby={`suggestions-${n}`}>
            <div class="db-suggestions__title" id={`suggestions-${n}`} role="presentation">
              {title}
            </div>
            {options.map(({ insert, label, detail }) => (
              <div
                role="option"
                id={`suggestion-${number++}`}
                aria-selected={false}
                data-insert={insert}
                tabIndex={-1}
              >
                <span>{marked(label)}</span>
                {detail !== undefined && <span class="db-suggestions__detail">{marked(detail)}</span>}
              </div>
            ))}
          </div>
        ))}
    </div>
  );
};
