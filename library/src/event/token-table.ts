/**
 * Tokens of well-known issuers by their shape, as data (spec/hiding.md, section 3; spec/tokens.json). The issuers
 * publish these shapes.
 */

/** A literal, then characters of a class: at least `least` characters in total. */
export interface TokenShape {
  readonly name: string;
  readonly prefix: string;
  /** Ranges and single characters of ASCII; `-` at the end means itself. */
  readonly class: string;
  readonly least: number;
}

/** A private key as text, from its first line to its last. */
export interface PemShape {
  readonly name: string;
  readonly kind: "pem";
  readonly begin: string;
  readonly end: string;
}

const shape = (name: string, prefixes: string, letters: string, least: number): TokenShape[] =>
  prefixes.split(" ").map((prefix) => ({ name, prefix, class: letters, least }));

const plain = "0-9A-Za-z";
const dashed = "0-9A-Za-z_-";
const dotted = "0-9A-Za-z_.-";
const base64 = "0-9A-Za-z+/=";

/** The table under number 1. */
export const tokens1: readonly (TokenShape | PemShape)[] = [
  ...shape("daybook", "dbk_", "0-9A-Za-z_", 24),
  ...shape("github", "ghp_ gho_ ghu_ ghs_ ghr_", plain, 36),
  ...shape("github", "github_pat_", "0-9A-Za-z_", 40),
  ...shape("github", "ghs_", dotted, 120),
  ...shape(
    "gitlab",
    "glpat- gldt- glrt- glptt- glft- glsoat- glcbt- glimt- glagent- gloas- glffct-",
    dotted,
    24,
  ),
  ...shape("slack", "xoxb- xoxp- xoxa- xoxr- xoxs- xoxc- xoxe- xoxe.xoxb- xoxe.xoxp-", "0-9A-Za-z-", 24),
  ...shape("slack", "xoxd-", "0-9A-Za-z%+/=-", 24),
  ...shape("slack", "xapp-1-", "0-9A-Za-z-", 40),
  ...shape("slack", "hooks.slack.com/services/", "0-9A-Za-z/", 60),
  ...shape("stripe", "sk_live_ sk_test_ rk_live_ rk_test_", plain, 24),
  ...shape("stripe", "whsec_", base64, 30),
  ...shape("aws", "AKIA ASIA", "0-9A-Z", 20),
  ...shape("google", "AIza", dashed, 35),
  ...shape("google", "GOCSPX-", dashed, 30),
  ...shape("google", "ya29.", dotted, 40),
  ...shape("npm", "npm_", plain, 36),
  ...shape("pypi", "pypi-", dashed, 80),
  ...shape("rubygems", "rubygems_", "0-9a-f", 40),
  ...shape("docker", "dckr_pat_ dckr_oat_", dashed, 30),
  ...shape("sendgrid", "SG.", dotted, 60),
  ...shape("brevo", "xkeysib- xsmtpsib-", "0-9A-Za-z-", 60),
  ...shape("mailersend", "mlsn.", plain, 60),
  ...shape("shopify", "shpat_ shpca_ shppa_ shpss_", plain, 30),
  ...shape("square", "sq0atp- sq0csp-", dashed, 26),
  ...shape("plaid", "access-production- access-sandbox-", "0-9a-f-", 50),
  ...shape("digitalocean", "dop_v1_ doo_v1_ dor_v1_", plain, 40),
  ...shape("anthropic", "sk-ant-", dashed, 48),
  ...shape("openai", "sk-proj- sk-svcacct- sk-admin-", dashed, 56),
  ...shape("openai", "sk-", plain, 51),
  ...shape("openrouter", "sk-or-v1-", plain, 40),
  ...shape("huggingface", "hf_", plain, 37),
  ...shape("groq", "gsk_", plain, 40),
  ...shape("xai", "xai-", plain, 60),
  ...shape("perplexity", "pplx-", plain, 40),
  ...shape("replicate", "r8_", plain, 37),
  ...shape("hashicorp", "hvs. hvb. hvr.", dashed, 28),
  ...shape("hashicorp", ".atlasv1.", dashed, 60),
  ...shape("linear", "lin_api_ lin_oauth_", plain, 40),
  ...shape("notion", "ntn_", plain, 40),
  ...shape("figma", "figd_", dashed, 40),
  ...shape("grafana", "glsa_", "0-9A-Za-z_", 40),
  ...shape("grafana", "glc_", base64, 60),
  ...shape("sentry", "sntrys_ sntryu_", "0-9A-Za-z+/=_-", 50),
  ...shape("newrelic", "NRAK-", "0-9A-Z", 28),
  ...shape("postman", "PMAK-", "0-9A-Za-z-", 50),
  ...shape("supabase", "sbp_", plain, 40),
  ...shape("supabase", "sb_secret_", dashed, 30),
  ...shape("planetscale", "pscale_tkn_ pscale_pw_ pscale_oauth_", dotted, 40),
  ...shape("atlassian", "ATATT3xFfGF0 ATCTT3xFfG", "0-9A-Za-z_=-", 60),
  ...shape("mongodb", "mdb_sa_sk_", dashed, 40),
  ...shape("tailscale", "tskey-", "0-9A-Za-z-", 30),
  ...shape("pulumi", "pul-", "0-9a-f", 40),
  ...shape("hubspot", "pat-na1- pat-eu1-", "0-9a-f-", 40),
  ...shape("contentful", "CFPAT-", dashed, 40),
  ...shape("dynatrace", "dt0c01.", "0-9A-Z.", 60),
  ...shape("circleci", "CCIPAT_ CCIPRJ_", "0-9A-Za-z_", 40),
  ...shape("buildkite", "bkua_", plain, 40),
  ...shape("netlify", "nfp_", plain, 36),
  ...shape("sonar", "sqp_ squ_ sqa_", "0-9a-f", 40),
  ...shape("1password", "ops_eyJ", "0-9A-Za-z+/=_-", 60),
  ...shape("mapbox", "sk.eyJ", dotted, 60),
  ...shape("readme", "rdme_", plain, 60),
  ...shape("age", "AGE-SECRET-KEY-1", "0-9A-Z", 60),
  { name: "private key", kind: "pem", begin: "-----BEGIN ", end: "PRIVATE KEY-----" },
  { name: "private key", kind: "pem", begin: "-----BEGIN ", end: "PRIVATE KEY BLOCK-----" },
];
