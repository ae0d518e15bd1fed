/**
 * Components that read a context. Preact gives the context's value to a component that names it, as to classes; its hooks do the same, and
 * watch every element of a page for it.
 */
import type { ComponentChildren, Context, FunctionComponent } from "preact";

/** A component with the value of a context. */
export function withContext<Props, Value>(
  context: Context<Value>,
  render: (props: Props, value: Value) => ComponentChildren,
): FunctionComponent<Props> {
  return Object.assign((props: Props, value: Value) => render(props, value), {
    contextType: context,
  }) as FunctionComponent<Props>;
}
