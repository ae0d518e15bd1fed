/** The shape of an example: a component with its properties, as data. The gallery shows the examples, and the tests read them. */
import type { VNode } from "preact";

/** One way in which a component is used. */
interface Example {
  /** The special feature, such as "with a hint". */
  readonly name: string;
  readonly shown: VNode;
  /** Whether it is a whole document, which can't be within another. */
  readonly isDocument?: true;
}

/** All examples of a component. */
export interface Examples {
  /** The component's name in words, such as "Text input". */
  readonly component: string;
  readonly examples: readonly Example[];
}
