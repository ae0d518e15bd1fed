/**
 * Parts of a page that are rendered later if the page has taken the thread for a while, so that other requests get their turn in between.
 * `renderToStringAsync` waits for what a component throws.
 */
import {
  Component,
  type ComponentChildren,
  type Context,
  createContext,
  type FunctionComponent,
} from "preact";
import { withContext } from "../with-context.ts";

/** How long a page renders before it lets others have their turn, in milliseconds. A usual page takes less: each wait renders a part again. */
const sliceMs = 20;

/** The slices of one page. */
export class PageSlices {
  readonly #now: () => number;
  #began: number;
  /** Resolves when the last part that waits has had its turn. */
  #last: Promise<void> | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** Undefined if the next part can be rendered now; otherwise, a promise of its turn. */
  turn(): Promise<void> | undefined {
    if (this.#last === undefined && this.#now() - this.#began < sliceMs) return undefined;
    const turn = (this.#last ?? Promise.resolve()).then(() => this.#others());
    this.#last = turn;
    return turn;
  }

  #others(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#began = this.#now();
        resolve();
      });
    });
  }
}

/** The slices of the present page; without them, everything is rendered immediately. */
export const Slices: Context<PageSlices | undefined> = createContext<PageSlices | undefined>(undefined);

interface LaterProps {
  readonly children: ComponentChildren;
}

/** A part that can be rendered later. */
export const Later: FunctionComponent<LaterProps> = withContext(Slices, ({ children }, slices) => (
  <WaitingPart turn={{ slices, isOver: false }}>{children}</WaitingPart>
));

interface PartTurn {
  readonly slices: PageSlices | undefined;
  isOver: boolean;
}

/**
 * The renderer waits above the component that throws, and then renders it again. It marks functions that throw with comments in the page,
 * but not classes.
 */
class WaitingPart extends Component<LaterProps & { readonly turn: PartTurn }> {
  override render(): ComponentChildren {
    const { turn, children } = this.props;
    const wait = turn.isOver ? undefined : turn.slices?.turn();
    turn.isOver = true;
    if (wait !== undefined) throw wait;
    return children;
  }
}
