/** Things under each other: what each is, what is to be said of it, and what can be done with it. It fits the narrowest window. */
import type { ComponentChildren, VNode } from "preact";

interface Item {
  /** What it is called. */
  readonly title: ComponentChildren;
  /** Smaller, below the title. */
  readonly note?: ComponentChildren;
  /** Beside it: a role, a status. */
  readonly aside?: ComponentChildren;
  /** Links and buttons. */
  readonly actions?: ComponentChildren;
}

interface ItemListProps {
  readonly items: readonly Item[];
  /** What they are, for those who hear it; absent: the heading above says it. */
  readonly label?: string | undefined;
}

export const ItemList = ({ items, label }: ItemListProps): VNode => (
  <ul class="db-items" aria-label={label}>
    {items.map(({ title, note, aside, actions }) => (
      <li class="db-items__item">
        <div class="db-items__what">
          <div class="db-items__title">{title}</div>
          {note !== undefined && <div class="db-quiet db-small">{note}</div>}
        </div>
        {aside !== undefined && <div class="db-items__aside">{aside}</div>}
        {actions !== undefined && <div class="db-items__actions">{actions}</div>}
      </li>
    ))}
  </ul>
);
