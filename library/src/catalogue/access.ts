/** Event types about access: sign-ins, sessions, passwords, operators. Only the server writes them. */
import { aboutAccess, exampleCredential } from "./about-access.ts";
import {
  choice,
  count,
  credential,
  email,
  identifier,
  list,
  members,
  role,
  text,
  time,
  whole,
} from "./data-schema.ts";
import { anne, bob, daybook, ofThemselves } from "./define.ts";
import type { CardRow, EventType } from "./event-type.ts";

const method = choice("PASSWORD", "OPENID", "SETUP_LINK");
const methodRow: CardRow = { label: "Method", path: "/data/method", format: "word" };
const emailRow: CardRow = { label: "Email", path: "/data/email", format: "text" };
const personalEmail = { changes: [], data: ["/email"] };
const operator = members({ userId: identifier, "email?": email });

/** The opener of a viewer session: an API client, a person, or `user`/`operator` for the operator token. */
const openedBy = members({ type: choice("api_client", "user"), id: identifier });
const openedByRow: CardRow = { label: "Opened by", path: "/data/openedBy/id", format: "code" };
const personalViewer = { changes: [], data: ["/viewerName"] };
/** A user of the host application. */
const customer = { type: "user", id: "customer-7", name: "Carol Price" };

/** The types about access. */
export const accessTypes: readonly EventType[] = [
  aboutAccess({
    name: "SIGN_IN",
    title: "Signed in",
    refusedTitle: "Tried to sign in",
    sentence: "{actor} signed in as {target}",
    refusedSentence: "{actor} tried to sign in as {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} signed in",
        refusedSentence: "{actor} tried to sign in",
      },
    ],
    description: "Someone signed in, and a session began.",
    operation: "access",
    data: members({
      userId: identifier,
      method,
      "secondFactor?": choice("TOTP", "RECOVERY_CODE"),
      sessionId: identifier,
      expiresAt: time,
      credential,
    }),
    card: [
      methodRow,
      { label: "Second factor", path: "/data/secondFactor", format: "word" },
      { label: "Until", path: "/data/expiresAt", format: "time" },
    ],
    example: {
      actor: bob,
      data: {
        userId: bob.id,
        method: "PASSWORD",
        secondFactor: "TOTP",
        sessionId: "session_3",
        expiresAt: "2026-12-06T11:20:31.623456Z",
        credential: exampleCredential,
      },
    },
  }),
  aboutAccess({
    name: "SIGN_IN_REFUSED",
    title: "Sign-in refused",
    refusedTitle: "Sign-in refused",
    sentence: "{actor} was refused a sign-in",
    refusedSentence: "{actor} was refused a sign-in",
    description:
      "Someone tried to sign in and was refused. One event covers all attempts on one account within an hour.",
    operation: "access",
    firstTarget: [],
    data: members({ "userId?": identifier, "email?": email, method, why: text(512), "count?": count }),
    card: [
      emailRow,
      methodRow,
      { label: "Why", path: "/data/why", format: "text" },
      { label: "Times", path: "/data/count", format: "number" },
    ],
    personal: personalEmail,
    example: {
      actor: { type: "anonymous" },
      outcome: "denied",
      data: {
        userId: bob.id,
        email: "bob@acme.example",
        method: "PASSWORD",
        why: "Wrong password",
        count: 3,
      },
    },
  }),
  aboutAccess({
    name: "SESSIONS_ENDED",
    title: "Sessions ended",
    refusedTitle: "Tried to end sessions",
    sentence: "{actor} ended the sessions of {target}",
    refusedSentence: "{actor} tried to end the sessions of {target}",
    variants: [
      {
        when: [ofThemselves, { path: "/data/why", is: "Signed out" }],
        title: "Signed out",
        refusedTitle: "Tried to sign out",
        sentence: "{actor} signed out",
        refusedSentence: "{actor} tried to sign out",
      },
      {
        when: [ofThemselves],
        sentence: "{actor} ended sessions of their own",
        refusedSentence: "{actor} tried to end sessions of their own",
      },
    ],
    description:
      "Someone's sessions were ended: they signed out, their password changed, or they were removed.",
    operation: "delete",
    data: members({
      userId: identifier,
      why: text(512),
      sessions: whole(1),
      sessionIds: list(identifier, 1000),
    }),
    card: [
      { label: "Why", path: "/data/why", format: "text" },
      { label: "Sessions", path: "/data/sessions", format: "number" },
    ],
    example: {
      actor: bob,
      data: {
        userId: bob.id,
        why: "Signed out everywhere",
        sessions: 2,
        sessionIds: ["session_3", "session_5"],
      },
    },
  }),
  aboutAccess({
    name: "PASSWORD_CHANGED",
    title: "Password changed",
    refusedTitle: "Tried to change a password",
    sentence: "{actor} changed the password of {target}",
    refusedSentence: "{actor} tried to change the password of {target}",
    variants: [
      {
        when: [{ path: "/data/how", is: "SET_UP" }, ofThemselves],
        title: "Password chosen",
        refusedTitle: "Tried to choose a password",
        sentence: "{actor} chose a first password",
        refusedSentence: "{actor} tried to choose a first password",
      },
      {
        when: [{ path: "/data/how", is: "RESET" }, ofThemselves],
        title: "Password reset",
        refusedTitle: "Tried to reset a password",
        sentence: "{actor} chose a new password by a link",
        refusedSentence: "{actor} tried to choose a new password by a link",
      },
      {
        when: [{ path: "/data/how", is: "RESET" }],
        title: "Password reset",
        refusedTitle: "Tried to reset a password",
        sentence: "{actor} reset the password of {target}",
        refusedSentence: "{actor} tried to reset the password of {target}",
      },
      {
        when: [{ path: "/data/how", is: "SET_UP" }],
        title: "Password chosen",
        refusedTitle: "Tried to choose a password",
        sentence: "{actor} chose the first password of {target}",
        refusedSentence: "{actor} tried to choose the first password of {target}",
      },
      {
        when: [ofThemselves],
        sentence: "{actor} changed their own password",
        refusedSentence: "{actor} tried to change their own password",
      },
    ],
    description: "Someone's password was changed. Neither the old one nor the new one is recorded.",
    operation: "update",
    data: members({ userId: identifier, how: choice("CHANGED", "RESET", "SET_UP") }),
    example: { actor: bob, data: { userId: bob.id, how: "CHANGED" } },
  }),
  aboutAccess({
    name: "SIGN_IN_LINK_ISSUED",
    title: "Sign-in link issued",
    refusedTitle: "Tried to issue a sign-in link",
    sentence: "{actor} issued a link that lets someone choose a password",
    refusedSentence: "{actor} tried to issue a link that lets someone choose a password",
    variants: [
      {
        when: [{ path: "/data/purpose", is: "SET_UP" }],
        title: "Set-up link issued",
        refusedTitle: "Tried to issue a set-up link",
        sentence: "{actor} issued a link that lets the first operator set up Daybook",
        refusedSentence: "{actor} tried to issue a link that lets the first operator set up Daybook",
      },
    ],
    description:
      "A link that works once was issued: to set up the first operator, or for someone to choose a password. The link itself is not recorded.",
    operation: "create",
    firstTarget: [],
    data: members({
      "userId?": identifier,
      purpose: choice("SET_UP", "PASSWORD"),
      expiresAt: time,
      credential,
    }),
    card: [
      { label: "For", path: "/data/purpose", format: "word" },
      { label: "Until", path: "/data/expiresAt", format: "time" },
    ],
    example: {
      actor: daybook,
      data: {
        userId: bob.id,
        purpose: "PASSWORD",
        expiresAt: "2026-11-23T11:20:31Z",
        credential: exampleCredential,
      },
    },
  }),
  aboutAccess({
    name: "USER_ADDED",
    title: "Account added",
    refusedTitle: "Tried to add an account",
    sentence: "{actor} added the account of {target}",
    refusedSentence: "{actor} tried to add the account of {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} got an account",
        refusedSentence: "{actor} tried to get an account",
      },
    ],
    description:
      "Someone has an account now: they signed in by the identity provider for the first time, accepted an invitation, set Daybook up, or were made an operator.",
    operation: "create",
    data: members({
      userId: identifier,
      email,
      how: choice("OPENID", "INVITATION", "SET_UP", "OPERATOR"),
      "issuer?": text(2048),
      "subject?": text(255),
    }),
    card: [
      emailRow,
      { label: "How", path: "/data/how", format: "word" },
      { label: "Identity provider", path: "/data/issuer", format: "text" },
    ],
    personal: { changes: [], data: ["/email", "/subject"] },
    example: {
      actor: bob,
      data: {
        userId: bob.id,
        email: "bob@acme.example",
        how: "OPENID",
        issuer: "https://id.acme.example",
        subject: "248289761001",
      },
    },
  }),
  aboutAccess({
    name: "USER_CHANGED",
    title: "Account changed",
    refusedTitle: "Tried to change an account",
    sentence: "{actor} changed the account of {target}",
    refusedSentence: "{actor} tried to change the account of {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} changed their own account",
        refusedSentence: "{actor} tried to change their own account",
      },
    ],
    description:
      "Data of an account changed, such as its holder's name or identity at the provider. The changes have the details.",
    operation: "update",
    data: members({ userId: identifier, "issuer?": text(2048), "subject?": text(255) }),
    labels: { "/name": "Name", "/email": "Email", "/issuer": "Identity provider" },
    personal: { changes: ["/name", "/email"], data: ["/subject"] },
    example: {
      actor: bob,
      changes: [{ path: "/name", from: "Bob", to: "Bob Marsh" }],
      data: { userId: bob.id },
    },
  }),
  aboutAccess({
    name: "VIEWER_SESSION_OPENED",
    title: "Viewer session opened",
    refusedTitle: "Tried to open a viewer session",
    sentence: "{actor} opened the log for {target}",
    refusedSentence: "{actor} tried to open the log for {target}",
    description:
      "A host application opened this log for one of its own users, for some minutes. Only the host application knows who the user is.",
    operation: "access",
    data: members({
      viewerSessionId: identifier,
      openedBy,
      userId: identifier,
      "viewerName?": text(512),
      role,
      expiresAt: time,
      "sessionId?": identifier,
      credential,
      "onlyTarget?": members({ type: text(32), id: identifier }),
    }),
    card: [
      openedByRow,
      { label: "Role", path: "/data/role", format: "word" },
      { label: "Until", path: "/data/expiresAt", format: "time" },
      { label: "Only about", path: "/data/onlyTarget/id", format: "code" },
    ],
    personal: personalViewer,
    example: {
      actor: { type: "api_client", id: "client_7", name: "Developer portal" },
      targets: [customer],
      data: {
        viewerSessionId: "viewer_7",
        openedBy: { type: "api_client", id: "client_7" },
        userId: "customer-7",
        viewerName: "Carol Price",
        role: "CONSUMER",
        expiresAt: "2026-11-22T11:35:31Z",
        credential: exampleCredential,
        onlyTarget: { type: "api_client", id: "client_9" },
      },
    },
  }),
  aboutAccess({
    name: "VIEWER_SESSION_ENDED",
    title: "Viewer session ended",
    refusedTitle: "Tried to end a viewer session",
    sentence: "{actor} closed the log for {target}",
    refusedSentence: "{actor} tried to close the log for {target}",
    description:
      "Someone ended a viewer session before it expired. A session that expires, or that ends with its opener's rights, has no event.",
    operation: "delete",
    data: members({
      viewerSessionId: identifier,
      openedBy,
      userId: identifier,
      "viewerName?": text(512),
      role,
    }),
    card: [openedByRow, { label: "Role", path: "/data/role", format: "word" }],
    personal: personalViewer,
    example: {
      actor: anne,
      targets: [customer],
      data: {
        viewerSessionId: "viewer_7",
        openedBy: { type: "api_client", id: "client_7" },
        userId: "customer-7",
        viewerName: "Carol Price",
        role: "CONSUMER",
      },
    },
  }),
  aboutAccess({
    name: "OPERATOR_ADDED",
    title: "Operator added",
    refusedTitle: "Tried to add an operator",
    sentence: "{actor} made {target} an operator",
    refusedSentence: "{actor} tried to make {target} an operator",
    description: "Someone became an operator, who sees every organization.",
    operation: "create",
    data: operator,
    card: [emailRow],
    personal: personalEmail,
    example: { actor: anne, data: { userId: bob.id, email: "bob@acme.example" } },
  }),
  aboutAccess({
    name: "OPERATOR_REMOVED",
    title: "Operator removed",
    refusedTitle: "Tried to remove an operator",
    sentence: "{actor} ended the operator rights of {target}",
    refusedSentence: "{actor} tried to end the operator rights of {target}",
    description: "Someone is no longer an operator.",
    operation: "delete",
    data: operator,
    card: [emailRow],
    personal: personalEmail,
    example: { actor: anne, data: { userId: bob.id, email: "bob@acme.example" } },
  }),
];
