/** All pages of an organization's API clients. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../base/web.ts";
import { addAdding } from "./add.tsx";
import { addEnding } from "./end.tsx";
import { addList } from "./list.tsx";
import { addRenaming } from "./rename.tsx";
import { addRotating } from "./rotate.tsx";
import { addShowing } from "./show.tsx";

export function addApiClientPages(app: FastifyInstance, web: Web): void {
  for (const add of [addList, addAdding, addShowing, addRenaming, addRotating, addEnding]) add(app, web);
}
