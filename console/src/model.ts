// What the API answers (docs/http.md), as the console reads it.

export type Status =
  | "operational"
  | "under_maintenance"
  | "unknown"
  | "degraded_performance"
  | "partial_outage"
  | "major_outage";

export type Phase = "investigating" | "identified" | "monitoring" | "resolved" | "postmortem";
export type Origin = "machine" | "human";

export interface Update {
  id: string;
  at: string;
  origin: Origin;
  status: Phase;
  text: string;
  missing: string;
  holding: boolean;
  affected: { id: string; name: string; before: Status; after: Status }[];
}

export interface IncidentFacts {
  id: string;
  title: string;
  status: Phase;
  impact: "none" | "minor" | "major" | "critical";
  origin: Origin;
  worst: Status;
  opened: string;
  started: string;
  changed: string;
  recovered: string | null;
  resolved: string | null;
  resolve_due: string | null;
  next_update_due: string | null;
  overdue: boolean;
  explained: boolean;
  retracted: boolean;
  owed: boolean;
  unexplained_ms: number;
  owned: string | null;
  drill: boolean;
  started_by_evidence: string | null;
  merged_into: string;
  split_from: string;
  affected: string;
  components: { id: string; name: string; status: Status; worst: Status }[];
}

export interface IncidentCard extends IncidentFacts {
  latest: Update | null;
}

export interface Evidence {
  kind: string;
  value: number;
  limit: number;
}

export interface Observation {
  number: number;
  at: string;
  result: "pass" | "fail" | "silent" | "log";
  detail: string;
  blind: boolean;
  evidence: Evidence;
  total_us: number;
}

export interface Check {
  id: string;
  kind: string;
  component: string;
  component_name: string;
  verdict: "none" | "pass" | "suspect" | "fail" | "no_data" | "blind";
  since: string | null;
  decided: string | null;
  why: string;
  every_ms: number;
  timeout_ms: number;
  retry_every_ms: number;
  fail_after: [number, number];
  pass_after: [number, number];
  severity: Status;
  evidence: Evidence;
}

export interface CheckWithNewest extends Check {
  newest: Observation | null;
}

export interface CheckDetail extends Check {
  observations: Observation[];
}

export interface Component {
  id: string;
  name: string;
  group: string;
  status: Status;
  cause: string;
  words: string;
  since: string | null;
  incidents: string[];
}

export interface Now {
  position: number;
  as_of: string;
  version: string;
  page: { name: string; url: string; time_zone: string; live: boolean };
  indicator: string;
  all_good: boolean;
  headline: string;
  detail: string;
  suspects: number;
  blind: boolean;
  store_failed: boolean;
  components: Component[];
  incidents: IncidentCard[];
  owed: IncidentCard[];
  owed_total: number;
  checks: CheckWithNewest[];
}

export interface TimelineItem {
  position: number;
  at: string;
  effective: string | null;
  kind: "signal" | "light" | "post" | "act" | "configuration";
  origin: Origin;
  actor: string;
  entry: string; // the kind of fact, for programs
  title: string; // and for people
  words: string;
  status?: Status;
}

export interface Incident extends IncidentFacts {
  updates: Update[];
  checks: CheckWithNewest[];
  timeline: TimelineItem[];
  timeline_cut: boolean;
}

export type DeliveryState = "waiting" | "failed" | "sent" | "given_up";

export interface Delivery {
  id: string;
  announcement: number;
  kind: string;
  incident: string | null;
  title: string | null;
  channel: string | null;
  address: string | null;
  state: DeliveryState;
  attempts: number;
  next_try: string | null;
  changed: string | null;
  answer: string;
}

export interface DeliveryCounts {
  waiting: number;
  failed: number;
  sent: number;
  given_up: number;
  next_try: string | null;
}

export interface Channel {
  id: string;
  kind: string;
  given_up_in_a_row: number;
  switched_off: { since: string; reason: string } | null;
}

export interface CallStep {
  after_s: number;
  repeat: number;
  every_s: number;
  notify: string[]; // ids of channels and rotations
}

export interface Shift {
  name: string;
  channels: string[];
  from: string;
  to: string;
  overridden: boolean;
}

export interface Rotation {
  id: string;
  time_zone: string;
  people: string[]; // in their order
  shifts: Shift[]; // the present one first
}

export interface StandIn {
  id: string | null; // null: the configuration's
  rotation: string;
  who: string | null; // null: no longer configured
  start: string;
  end: string;
  origin: "configuration" | "hand";
  actor: string;
  since: string | null;
}

export interface OnCallFacts {
  steps: CallStep[];
  rotations: Rotation[];
  overrides: StandIn[]; // not over
  muted: { until: string; since: string; actor: string } | null;
}

export interface Subscriber {
  id: string;
  address: string; // masked but for an admin
  components: string[]; // empty: all
  min_impact: IncidentFacts["impact"];
  confirmed: string | null;
  failures: number;
  disabled: boolean;
}

export type MaintenanceStatus = "scheduled" | "in_progress" | "completed" | "cancelled";

export interface MaintenanceUpdate {
  id: string;
  at: string;
  origin: Origin;
  status: MaintenanceStatus;
  text: string;
  missing: string;
}

export interface MaintenanceFacts {
  id: string;
  name: string;
  status: MaintenanceStatus;
  overrun: boolean;
  origin: Origin;
  moved_by_hand: boolean;
  start: string;
  end: string;
  announced: string;
  started: string | null;
  ended: string | null;
  changed: string;
  uptime: "left_out" | "partly" | "counted";
  components: { id: string; name: string }[];
  expects: string[];
  incidents: { id: string; title: string }[];
}

export interface MaintenanceCard extends MaintenanceFacts {
  latest: MaintenanceUpdate | null;
}

export interface MaintenanceWindow extends MaintenanceFacts {
  updates: MaintenanceUpdate[];
  timeline: TimelineItem[];
}

export type Role = "viewer" | "responder" | "admin";
export type Scope = "read" | "intake" | "respond" | "admin";

export interface Person {
  id: string;
  name: string;
  mail: string;
  role: Role;
  enabled: boolean;
  second_factor: boolean;
  created: string | null;
  last_signed_in: string | null;
}

export interface Token {
  id: string;
  label: string;
  owner: string | null;
  scopes: Scope[];
  created: string | null;
  expires: string | null;
}

export interface Session {
  kind: "person" | "token" | "operator";
  user?: Person;
  scopes: Scope[];
  csrf_token?: string;
}
