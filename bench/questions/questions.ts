/** Twelve questions of an incident: what a person does on the activity page to answer each, and how the answer reads. */
import type { Incident } from "./incident.ts";

/** A query typed and entered, or a link that is clicked: one action. */
export type Action = { readonly type: string } | { readonly click: RegExp };

export interface Question {
  readonly asked: string;
  /** At most two. */
  readonly actions: readonly Action[];
  /** What the page shows then, each somewhere in its main part. */
  readonly answer: readonly RegExp[];
  /** It begins on the log of all organizations. */
  readonly isOfAll?: boolean;
}

const typed = (text: string): readonly Action[] => [{ type: text }];

/** The questions about this incident. */
export function questionsAbout(incident: Incident): readonly Question[] {
  const { client, name, person, address, request, minute } = incident;
  const mallory = /Mallory Quist/;
  return [
    {
      asked: "Who revoked Deploy bot?",
      actions: typed(`type:API_CLIENT_REVOKED "${name}"`),
      answer: [/API client revoked/, /Its token was in a public log/],
    },
    {
      asked: "What did this address do last week?",
      actions: typed(`ip:${address} after:7d`),
      answer: [mallory, /Billing job/],
    },
    {
      asked: "What did this token record?",
      actions: typed(`recorded-by:api_client:${client}`),
      answer: [mallory, /Billing job/],
    },
    {
      asked: "Who changed this field?",
      actions: typed("changed:/expiresOn"),
      answer: [mallory, /31 May 2027/],
    },
    {
      asked: "Who was made an owner, and by whom?",
      actions: typed("changed:/role"),
      answer: [mallory, /Owner/],
    },
    {
      asked: "Everything of one request",
      actions: typed(`request:${request}`),
      answer: [/Ledger API/, /Billing job/],
    },
    {
      asked: "Refusals in the last hour",
      actions: typed("-outcome:success after:1h"),
      answer: [/Denied|Refused/i, mallory],
    },
    {
      asked: "What did this person do after being removed?",
      actions: typed(`actor:user:${person}`),
      answer: [/Ledger API/, /Billing job/],
    },
    {
      asked: "Which clients expire this month?",
      actions: [{ click: /^API clients$/ }],
      answer: [/Deploy bot/, /Expir/],
    },
    {
      asked: "What happened at 03:12?",
      actions: typed(`after:${minute[0]} before:${minute[1]} actor:user:${person}`),
      answer: [/Ledger API/],
    },
    { asked: "Everything but drafts", actions: typed("-type:API_SAVED"), answer: [/API client revoked/] },
    {
      asked: "The same across all organizations",
      actions: typed(`ip:${address} after:7d`),
      answer: [mallory, /Billing job/],
      isOfAll: true,
    },
  ];
}
