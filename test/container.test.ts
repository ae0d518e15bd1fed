/** The container image and its compose file: linted, and as restricted as the documentation says. test/packages.test.ts runs the files. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ValidationSeverity, validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";

const folder = fileURLToPath(new URL("../deploy/container/", import.meta.url));
const dockerfile = readFileSync(`${folder}Dockerfile`, "utf8");

const error = ValidationSeverity.ERROR;
const lint = (text: string): string[] =>
  validate(text, {
    deprecatedMaintainer: error,
    directiveCasing: error,
    emptyContinuationLine: error,
    instructionCasing: error,
    instructionCmdMultiple: error,
    instructionEntrypointMultiple: error,
    instructionHealthcheckMultiple: error,
    instructionJSONInSingleQuotes: error,
    instructionWorkdirRelative: error,
  }).map(({ message }) => String(message));

test("the Dockerfile passes the linter, which finds a planted fault", () => {
  expect(lint(dockerfile)).toEqual([]);
  expect(lint(dockerfile.replace("WORKDIR /data", "WORKDIR data"))).not.toEqual([]);
});

test("the image pins its base, ends as a user without rights, and copies what is built, not what built it", () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  expect(stages.length).toBe(2);
  for (const stage of stages) expect(stage).toMatch(/^node:\d+-\w+-slim/);
  const [, last] = stages as [string, string];
  expect(last).toContain("\nUSER 1000:1000\n");
  expect(last.match(/^(COPY|ADD) .*$/gm)).toEqual(["COPY --from=build /app /app"]);
  expect(last).toMatch(/^HEALTHCHECK/m);
});

test("every folder that the build copies before it installs is a workspace", () => {
  const { workspaces } = JSON.parse(readFileSync(`${folder}../../package.json`, "utf8")) as {
    workspaces: string[];
  };
  const copied = [...dockerfile.matchAll(/^COPY (\S+)\/package\.json /gm)].map(([, name]) => name);
  expect(copied).toEqual(workspaces);
});

interface Compose {
  readonly services: Readonly<Record<string, Record<string, unknown> & { readonly depends_on?: object }>>;
  readonly volumes: object;
}

test("compose runs it read-only and without capabilities, beside a PostgreSQL that it waits for", () => {
  const { services, volumes } = parse(readFileSync(`${folder}compose.yaml`, "utf8")) as Compose;
  expect(services.daybook).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    depends_on: { database: { condition: "service_healthy" } },
    ports: ["127.0.0.1:4400:4400"],
  });
  expect(services.database).toMatchObject({
    healthcheck: expect.anything(),
    image: expect.stringMatching(/^postgres:\d+-/),
  });
  expect(Object.keys(volumes)).toEqual(["keys", "database"]);
  // no password is in the file
  expect(JSON.stringify(services)).not.toMatch(/postgresql:\/\/\w+:\w/);
});

test("the image of the compose file has the version of the server", () => {
  const { services } = parse(readFileSync(`${folder}compose.yaml`, "utf8")) as Compose;
  const { version } = JSON.parse(readFileSync(`${folder}../../server/package.json`, "utf8")) as {
    version: string;
  };
  expect(services.daybook?.image).toBe(`ghcr.io/daybook-log/daybook-server:${version}`);
  expect(existsSync(`${folder}install.sh`)).toBe(true);
});
