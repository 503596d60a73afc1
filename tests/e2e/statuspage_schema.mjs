// JSON Schemas of Statuspage's public API v2: every key, every enumeration, nothing else.
// Source: the API's public documentation and its answers; the table stands in docs/statuspage.md
// as soon as that page exists. Empty lists are present, unknown keys are refused.

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const time = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
};
const timeOrNull = { anyOf: [time, { type: 'null' }] };
const id = { type: 'string', pattern: '^[a-z0-9]{12}$' };
const componentStatus = {
  enum: ['operational', 'degraded_performance', 'partial_outage', 'major_outage',
    'under_maintenance'],
};

function closed(properties, optional = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required, additionalProperties: false };
}

const list = (items) => ({ type: 'array', items });

const page = closed({ id, name: text, url: text, time_zone: text, updated_at: time });

const status = closed({
  indicator: { enum: ['none', 'minor', 'major', 'critical', 'maintenance'] },
  description: text,
});

const component = closed({
  id, name: text, status: componentStatus, created_at: time, updated_at: time,
  position: { type: 'integer' }, description: textOrNull, showcase: { type: 'boolean' },
  start_date: textOrNull, group_id: { anyOf: [id, { type: 'null' }] }, page_id: id,
  group: { type: 'boolean' }, only_show_if_degraded: { type: 'boolean' }, components: list(id),
}, ['components']);

const affected = closed({
  code: id, name: text, old_status: componentStatus, new_status: componentStatus,
});

const update = closed({
  id,
  status: { enum: ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] },
  body: text, incident_id: id, created_at: time, updated_at: time, display_at: time,
  affected_components: { anyOf: [list(affected), { type: 'null' }] },
  deliver_notifications: { type: 'boolean' }, custom_tweet: textOrNull, tweet_id: textOrNull,
});

const incident = closed({
  id, name: text,
  status: { enum: ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] },
  created_at: time, updated_at: time, monitoring_at: timeOrNull, resolved_at: timeOrNull,
  impact: { enum: ['none', 'minor', 'major', 'critical'] },
  shortlink: text, started_at: time, page_id: id,
  incident_updates: { ...list(update), minItems: 1 }, components: list(component),
});

const maintenanceStatus = { enum: ['scheduled', 'in_progress', 'verifying', 'completed'] };
const maintenance = closed({
  ...incident.properties, status: maintenanceStatus, impact: { const: 'maintenance' },
  incident_updates: {
    ...list(closed({ ...update.properties, status: maintenanceStatus })), minItems: 1,
  },
  scheduled_for: time, scheduled_until: time,
});

const incidents = closed({ page, incidents: list(incident) });
const maintenances = closed({ page, scheduled_maintenances: list(maintenance) });

export const schemas = {
  status: closed({ page, status }),
  components: closed({ page, components: { ...list(component), minItems: 1 } }),
  summary: closed({
    page, components: { ...list(component), minItems: 1 }, incidents: list(incident),
    scheduled_maintenances: list(maintenance), status,
  }),
  incidents,
  'incidents/unresolved': incidents,
  'scheduled-maintenances': maintenances,
  'scheduled-maintenances/upcoming': maintenances,
  'scheduled-maintenances/active': maintenances,
};
