/** The owners of an organization, read only as far as needed. */
import type { Member, People } from "../../people/index.ts";
import type { VisiblePage } from "../base/visible.ts";

/** Members per read. */
const many = 500;

/** Its owners, one by one. */
export async function* ownersOf(
  people: Pick<People, "members">,
  { place }: Pick<VisiblePage, "place">,
): AsyncGenerator<Member, void> {
  for (let after: string | undefined; ; ) {
    const some = await people.members(place, { after, limit: many });
    yield* some.filter(({ role }) => role === "OWNER");
    if (some.length < many) return;
    after = some.at(-1)?.user.id;
  }
}

/** The names of some of its owners, at most `most`. */
export async function ownerNames(
  people: Pick<People, "members">,
  visible: Pick<VisiblePage, "place">,
  most: number,
): Promise<string[]> {
  const names: string[] = [];
  for await (const { user } of ownersOf(people, visible)) {
    names.push(user.name);
    if (names.length === most) break;
  }
  return names;
}
