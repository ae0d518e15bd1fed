/** Who the owners of an organization are, read as far as somebody asks. It refuses to know who may know. */
import type { Member, People } from "../../people/index.ts";
import type { VisiblePage } from "../base/visible.ts";

/** Members in one look. */
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

/** The names of some of its owners, `most` of them. */
export async function ownerNames(
  people: Pick<People, "members">,
  seen: Pick<VisiblePage, "place">,
  most: number,
): Promise<string[]> {
  const names: string[] = [];
  for await (const { user } of ownersOf(people, seen)) {
    names.push(user.name);
    if (names.length === most) break;
  }
  return names;
}
