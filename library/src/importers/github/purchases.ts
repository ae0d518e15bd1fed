/** Maps payloads of the Marketplace to events about subscriptions and plans. */
import { type Change, diff, type JsonObject, type Target } from "../../event/index.ts";
import { type Draft, type Mapping, organizationOf, userOf } from "./parties.ts";
import { need, number, object, text, time } from "./payload.ts";

const purchaseOf = (payload: JsonObject): JsonObject => need(object, payload, "marketplace_purchase");
const planOf = (purchase: JsonObject): string => need(text, purchase, "plan", "name");
const effective = (payload: JsonObject): { effectiveAt?: string } => {
  const found = text(payload, "effective_date");
  return found === undefined ? {} : { effectiveAt: found };
};

/** The holder of the subscription: the account if it is a person, else the person who bought it for the organization. */
function subscription(type: string, payload: JsonObject): Draft {
  const purchase = purchaseOf(payload);
  const account = need(object, purchase, "account");
  const forOrganization = text(account, "type") === "Organization";
  const holder = forOrganization ? need(object, payload, "sender") : account;
  const user = userOf(holder);
  const email = text(holder, "email");
  const targets: Target[] = forOrganization ? [user, organizationOf(account)] : [user];
  return {
    type,
    targets,
    data: { userId: user.id, ...(email === undefined ? {} : { email }), product: planOf(purchase) },
    at: time(payload, "effective_date"),
  };
}

export const purchased: Mapping = (payload) => [subscription("SUBSCRIPTION_ASSIGNED", payload)];
export const purchaseCancelled: Mapping = (payload) => [subscription("SUBSCRIPTION_REMOVED", payload)];

const labels: Readonly<Record<string, string>> = {
  "/plan": "Plan",
  "/seats": "Seats",
  "/billingCycle": "Billing cycle",
};

function terms(purchase: JsonObject): JsonObject {
  const seats = number(purchase, "unit_count");
  const billingCycle = text(purchase, "billing_cycle");
  return {
    plan: planOf(purchase),
    ...(seats === undefined ? {} : { seats }),
    ...(billingCycle === undefined ? {} : { billingCycle }),
  };
}

function changesOf(payload: JsonObject): Change[] {
  const before = object(payload, "previous_marketplace_purchase");
  if (!before) return [];
  return diff(terms(before), terms(purchaseOf(payload))).map((change) => ({
    ...change,
    label: labels[change.path] ?? change.path,
  }));
}

function planChange(payload: JsonObject, at: bigint | undefined): Draft {
  const purchase = purchaseOf(payload);
  const before = object(payload, "previous_marketplace_purchase");
  return {
    type: "PRODUCT_PLAN_CHANGE",
    targets: [organizationOf(need(object, purchase, "account"))],
    changes: changesOf(payload),
    data: { plan: planOf(purchase), ...(before ? { oldPlan: planOf(before) } : {}), ...effective(payload) },
    at,
  };
}

export const purchaseChanged: Mapping = (payload) => [planChange(payload, time(payload, "effective_date"))];

/** A change at the end of the billing period: without seats it is a cancellation, otherwise another plan. */
export const purchasePending: Mapping = (payload) => {
  const purchase = purchaseOf(payload);
  if (number(purchase, "unit_count") !== 0) return [planChange(payload, undefined)];
  const before = object(payload, "previous_marketplace_purchase");
  return [
    {
      type: "PRODUCT_PLAN_CANCELLATION_SCHEDULED",
      targets: [organizationOf(need(object, purchase, "account"))],
      data: { plan: planOf(before ?? purchase), ...effective(payload) },
    },
  ];
};
