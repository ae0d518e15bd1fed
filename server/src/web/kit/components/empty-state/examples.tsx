/** Examples of empty states. */
import { LinkButton } from "../button/button.tsx";
import type { Examples } from "../example.ts";
import { EmptyState } from "./empty-state.tsx";

export const emptyStates: Examples = {
  component: "Empty state",
  examples: [
    {
      name: "with the next step",
      shown: (
        <EmptyState title="There are no API clients.">
          <p>An API client is what a machine records and reads events with.</p>
          <LinkButton href="/">Add API client</LinkButton>
        </EmptyState>
      ),
    },
  ],
};
