/**
 * The live status of a list: how many events have arrived, and a button that pauses it. Only the script shows it; its hidden form is the
 * request.
 */
import type { VNode } from "preact";
import { A, Form } from "../../address/address.tsx";

interface LiveProps {
  /** The address that counts the events of the page and the new ones. */
  readonly action: string;
  /** The parameters of the request, by name. */
  readonly parameters: readonly (readonly [string, string])[];
  /** How many of the counted events the page shows. */
  readonly shown: number;
  /** The newest page of the list. */
  readonly newest: string;
}

export const Live = ({ action, parameters, shown, newest }: LiveProps): VNode => (
  <div class="db-live-place">
    <Form class="db-live" data-island="live" data-shown={shown} method="get" action={action} hidden>
      {parameters.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="db-live__said" role="status">
        <span class="db-live__word">Live</span>
        <A href={newest} hidden>
          New events
        </A>
      </div>
      <button type="button" class="govuk-button govuk-button--secondary db-button--small">
        Pause<span class="govuk-visually-hidden"> looking for new events</span>
      </button>
    </Form>
  </div>
);
