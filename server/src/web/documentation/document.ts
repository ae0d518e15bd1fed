/** The OpenAPI document as the pages read it: its operations by group, and the shapes that they refer to. All functions are pure. */
import type { Json, JsonObject } from "daybook/internal";

/** A parameter of an address, a query or a header. */
export interface DocumentParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: JsonObject;
}

/** A body by its media type. */
type Content = Readonly<Record<string, { readonly schema?: JsonObject }>>;

interface DocumentOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly DocumentParameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** The parts of the document that the pages show. */
export interface ApiDocument {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
}

/** An operation with its method and path. */
export interface ShownOperation extends DocumentOperation {
  readonly method: string;
  readonly path: string;
}

/** All operations, in the order of the document. */
export const operationsOf = ({ paths }: ApiDocument): ShownOperation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
    })),
  );

/** The operations by group: first the document's groups in their order, then those that it doesn't list. */
export function groupsOf(document: ApiDocument): (readonly [string, readonly ShownOperation[]])[] {
  const operations = operationsOf(document);
  const listed = document.tags.map(({ name }) => name);
  return [...new Set([...listed, ...operations.flatMap(({ tags = [] }) => tags)])]
    .map((name) => [name, operations.filter(({ tags }) => tags?.includes(name))] as const)
    .filter(([, { length }]) => length > 0);
}

/** The anchor of a group. */
export const anchorOf = (group: string): string => group.toLowerCase().replaceAll(" ", "-");

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
