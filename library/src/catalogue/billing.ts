/** Event types about billing: billing details, plan, subscriptions. */
import { email, identifier, members, text, time, yesNo } from "./data-schema.ts";
import { anne, bob, type Definition, define } from "./define.ts";
import type { CardRow, DataSchema, EventType } from "./event-type.ts";

type BillingDefinition = Omit<Definition, "about" | "firstTarget">;

const ofOrganization = (words: BillingDefinition): EventType =>
  define({
    about: "billing",
    firstTarget: ["organization"],
    ...words,
    example: { targets: [{ type: "organization", id: "org_7hq2kd", name: "Acme" }], ...words.example },
  });

const plan: DataSchema = members({
  plan: text(128),
  "oldPlan?": text(128),
  "paymentMethodChanged?": yesNo,
  "effectiveAt?": time,
});

const planCard: readonly CardRow[] = [
  { label: "Plan", path: "/data/plan", was: "/data/oldPlan", format: "text" },
  { label: "Payment method changed", path: "/data/paymentMethodChanged", format: "yes-no" },
  { label: "From", path: "/data/effectiveAt", format: "time" },
];

const planLabels = { "/plan": "Plan", "/paymentMethod": "Payment method" };

const ofSubscription = (words: BillingDefinition): EventType =>
  define({
    about: "billing",
    firstTarget: ["user"],
    data: members({ userId: identifier, "email?": email, product: text(256) }),
    card: [
      { label: "Product", path: "/data/product", format: "text" },
      { label: "Email", path: "/data/email", format: "text" },
    ],
    personal: { changes: [], data: ["/email"] },
    ...words,
    example: {
      targets: [bob],
      data: { userId: bob.id, email: "bob@acme.example", product: "Design seat" },
      ...words.example,
    },
  });

/** The types about billing. */
export const billingTypes: readonly EventType[] = [
  ofOrganization({
    name: "BILLING_CHANGE",
    title: "Billing details changed",
    refusedTitle: "Tried to change billing details",
    sentence: "{actor} changed the billing details of {target}",
    refusedSentence: "{actor} tried to change the billing details of {target}",
    description:
      "The organization's billing details were changed, such as who gets the invoices; the changes say which.",
    operation: "update",
    labels: {
      "/billingEmail": "Billing email",
      "/billingName": "Billing name",
      "/address": "Billing address",
      "/taxId": "Tax number",
      "/purchaseOrder": "Purchase order",
      "/cardNumber": "Card number",
      "/accountNumber": "Account number",
    },
    secret: { changes: ["/cardNumber", "/accountNumber"] },
    personal: { changes: ["/billingEmail", "/billingName", "/address"], data: [] },
    example: {
      actor: anne,
      changes: [{ path: "/billingEmail", from: "anne@acme.example", to: "invoices@acme.example" }],
    },
  }),
  ofOrganization({
    name: "PRODUCT_PLAN_CHANGE",
    title: "Plan changed",
    refusedTitle: "Tried to change the plan",
    sentence: "{actor} changed the plan of {target} to {data.plan}",
    refusedSentence: "{actor} tried to change the plan of {target} to {data.plan}",
    variants: [
      {
        when: [
          { path: "/data/plan", sameAs: "/data/oldPlan" },
          { path: "/data/paymentMethodChanged", is: true },
        ],
        title: "Payment method changed",
        refusedTitle: "Tried to change the payment method",
        sentence: "{actor} changed the payment method of {target}",
        refusedSentence: "{actor} tried to change the payment method of {target}",
      },
      {
        when: [
          { path: "/data/oldPlan", present: true },
          { path: "/data/paymentMethodChanged", is: true },
        ],
        title: "Plan and payment method changed",
        refusedTitle: "Tried to change the plan and the payment method",
        sentence:
          "{actor} changed the plan of {target} from {data.oldPlan} to {data.plan}, and the payment method",
        refusedSentence:
          "{actor} tried to change the plan of {target} from {data.oldPlan} to {data.plan}, and the payment method",
      },
      {
        when: [{ path: "/data/oldPlan", present: true }],
        sentence: "{actor} changed the plan of {target} from {data.oldPlan} to {data.plan}",
        refusedSentence: "{actor} tried to change the plan of {target} from {data.oldPlan} to {data.plan}",
      },
    ],
    description: "The organization's plan or its payment method was changed.",
    operation: "update",
    data: plan,
    card: planCard,
    labels: planLabels,
    example: {
      actor: anne,
      data: {
        plan: "enterprise",
        oldPlan: "team",
        paymentMethodChanged: true,
        effectiveAt: "2026-12-01T00:00:00Z",
      },
    },
  }),
  ofOrganization({
    name: "PRODUCT_PLAN_CANCELLATION_SCHEDULED",
    title: "Plan cancellation scheduled",
    refusedTitle: "Tried to schedule the plan's cancellation",
    sentence: "{actor} scheduled the cancellation of plan {data.plan} of {target}",
    refusedSentence: "{actor} tried to schedule the cancellation of plan {data.plan} of {target}",
    description: "The organization's plan ends at the given time, unless someone cancels the cancellation.",
    operation: "update",
    data: plan,
    card: planCard,
    labels: planLabels,
    example: { actor: anne, data: { plan: "team", effectiveAt: "2027-01-31T00:00:00Z" } },
  }),
  ofSubscription({
    name: "SUBSCRIPTION_ASSIGNED",
    title: "Subscription assigned",
    refusedTitle: "Tried to assign a subscription",
    sentence: "{actor} assigned a subscription of {data.product} to {target}",
    refusedSentence: "{actor} tried to assign a subscription of {data.product} to {target}",
    description: "Someone got a license for a product.",
    operation: "create",
    example: { actor: anne },
  }),
  ofSubscription({
    name: "SUBSCRIPTION_REMOVED",
    title: "Subscription removed",
    refusedTitle: "Tried to remove a subscription",
    sentence: "{actor} removed the subscription of {data.product} from {target}",
    refusedSentence: "{actor} tried to remove the subscription of {data.product} from {target}",
    description: "Someone's licence of a product was ended.",
    operation: "delete",
    example: { actor: { type: "system", id: "billing" } },
  }),
];
