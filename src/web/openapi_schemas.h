// The shapes that the API takes and gives, as JSON Schema 2020-12; a part of openapi.cc.
//
// One text per shape, named as in the document. What is not said to be required may be left out.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace candor::web {

using NamedSchema = std::pair<std::string_view, std::string_view>;

// clang-format off
inline constexpr auto kSchemas = std::to_array<NamedSchema>({
    {"Problem", R"({"type":"object","required":["type","title","status","detail"],"properties":{
        "type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},
        "detail":{"type":"string","description":"What is wrong and how to mend it."}}})"},
    {"ComponentStatus", R"({"type":"string","enum":["operational","degraded_performance",
        "partial_outage","major_outage","under_maintenance","unknown"]})"},
    {"IncidentStatus", R"({"type":"string","enum":["investigating","identified","monitoring",
        "resolved","postmortem"]})"},
    {"ComponentChanges", R"({"type":"object","maxProperties":1000,
        "description":"Component id to status; operational withdraws a declaration.",
        "additionalProperties":{"$ref":"#/components/schemas/ComponentStatus"}})"},
    {"Declaration", R"({"type":"object","required":["title","text","components"],
        "additionalProperties":false,"properties":{
        "title":{"type":"string","maxLength":480},"text":{"type":"string","maxLength":16384},
        "components":{"$ref":"#/components/schemas/ComponentChanges"},
        "drill":{"type":"boolean","description":"A rehearsal: shown, labelled, not counted."}}})"},
    {"Start", R"({"type":"object","required":["start"],"additionalProperties":false,"properties":{
        "start":{"type":"string","format":"date-time"}}})"},
    {"Merge", R"({"type":"object","required":["into"],"additionalProperties":false,"properties":{
        "into":{"type":"string","maxLength":64,"description":"The incident that goes on."}}})"},
    {"Split", R"({"type":"object","required":["component","title","text"],
        "additionalProperties":false,"properties":{
        "component":{"type":"string","maxLength":64},
        "title":{"type":"string","maxLength":480},
        "text":{"type":"string","maxLength":16384}}})"},
    {"Post", R"({"type":"object","required":["text"],"additionalProperties":false,"properties":{
        "text":{"type":"string","maxLength":16384},
        "status":{"$ref":"#/components/schemas/IncidentStatus"},
        "components":{"$ref":"#/components/schemas/ComponentChanges"}}})"},
    {"Words", R"({"type":"object","required":["text"],"additionalProperties":false,"properties":{
        "text":{"type":"string","maxLength":16384}}})"},
    {"Maintenance", R"({"type":"object","required":["name","text","components","end"],
        "additionalProperties":false,"properties":{
        "name":{"type":"string","maxLength":480},"text":{"type":"string","maxLength":16384},
        "components":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string"}},
        "expects":{"type":"array","maxItems":1000,"items":{"type":"string"},
        "description":"Checks or kinds of checks that may fail meanwhile."},
        "start":{"type":"string","format":"date-time","description":"Left out: now."},
        "end":{"type":"string","format":"date-time"}}})"},
    {"MaintenanceStatus", R"({"type":"string","enum":["scheduled","in_progress","completed",
        "cancelled"]})"},
    {"MaintenanceUpdate", R"({"type":"object","required":["id","at","origin","status","text"],
        "properties":{"id":{"type":"string"},"at":{"type":["string","null"]},
        "origin":{"$ref":"#/components/schemas/Origin"},
        "status":{"$ref":"#/components/schemas/MaintenanceStatus"},"text":{"type":"string"},
        "missing":{"type":"string","description":"Why there is no text."}}})"},
    {"MaintenanceFacts", R"({"type":"object","required":["id","name","status","origin","start",
        "end","components"],"properties":{
        "id":{"type":"string"},"name":{"type":"string"},
        "status":{"$ref":"#/components/schemas/MaintenanceStatus"},
        "overrun":{"type":"boolean","description":"Its end opened an incident or joined one."},
        "origin":{"$ref":"#/components/schemas/Origin"},
        "moved_by_hand":{"type":"boolean","description":"Times that a person set."},
        "start":{"type":["string","null"]},"end":{"type":["string","null"]},
        "announced":{"type":["string","null"]},"started":{"type":["string","null"]},
        "ended":{"type":["string","null"]},"changed":{"type":["string","null"]},
        "uptime":{"type":"string","enum":["left_out","partly","counted"],
        "description":"Left out when it was announced a day ahead."},
        "components":{"type":"array","items":{"type":"object","required":["id","name"],
        "properties":{"id":{"type":"string"},"name":{"type":"string"}}}},
        "expects":{"type":"array","items":{"type":"string"}},
        "incidents":{"type":"array","items":{"type":"object","required":["id","title"],
        "properties":{"id":{"type":"string"},"title":{"type":"string"}}},
        "description":"Those that its components joined while it was on, or at its end."}}})"},
    {"MaintenancePage", R"({"type":"object","required":["items","next"],"properties":{
        "items":{"type":"array","items":{"allOf":[
        {"$ref":"#/components/schemas/MaintenanceFacts"},{"type":"object","properties":{
        "latest":{"anyOf":[{"$ref":"#/components/schemas/MaintenanceUpdate"},
        {"type":"null"}]}}}]}},"next":{"type":["string","null"]}}})"},
    {"MaintenanceWindow", R"({"allOf":[{"$ref":"#/components/schemas/MaintenanceFacts"},
        {"type":"object","required":["updates","timeline"],"properties":{
        "updates":{"type":"array","items":{"$ref":"#/components/schemas/MaintenanceUpdate"}},
        "timeline":{"type":"array","items":{"$ref":"#/components/schemas/TimelineItem"}}}}]})"},
    {"MaintenanceChange", R"({"type":"object","additionalProperties":false,"properties":{
        "text":{"type":"string","maxLength":16384},
        "start":{"type":"string","format":"date-time"},
        "end":{"type":"string","format":"date-time"}}})"},
    {"MaintenanceEnd", R"({"type":"object","additionalProperties":false,"properties":{
        "text":{"type":"string","maxLength":16384}}})"},
    {"Done", R"({"type":"object","required":["position"],"properties":{
        "id":{"type":"string","description":"The incident or maintenance."},
        "position":{"type":"integer","description":"Of the journal; durable."}}})"},
    {"Credentials", R"({"type":"object","required":["mail","password"],
        "additionalProperties":false,"properties":{"mail":{"type":"string"},
        "password":{"type":"string"},
        "code":{"type":"string","description":"Of the second factor, where there is one."}}})"},
    {"Session", R"({"type":"object","required":["kind","scopes"],"properties":{
        "kind":{"type":"string","enum":["person","token","operator"]},
        "id":{"type":"string"},"user":{"$ref":"#/components/schemas/User"},
        "scopes":{"type":"array","items":{"$ref":"#/components/schemas/Scope"}},
        "csrf_token":{"type":"string","description":"Send it as X-CSRF-Token with changes."}}})"},
    {"Scope", R"({"type":"string","enum":["read","intake","respond","admin"]})"},
    {"Role", R"({"type":"string","enum":["viewer","responder","admin"]})"},
    {"PasswordChange", R"({"type":"object","required":["present","new"],
        "additionalProperties":false,"properties":{"present":{"type":"string"},
        "new":{"type":"string","minLength":8,"maxLength":256}}})"},
    {"TotpSecret", R"({"type":"object","required":["secret","uri"],"properties":{
        "secret":{"type":"string","description":"RFC 4648 base32."},
        "uri":{"type":"string","description":"otpauth URI for a QR code."}}})"},
    {"TotpConfirmation", R"({"type":"object","required":["secret","code","password"],
        "additionalProperties":false,"properties":{"secret":{"type":"string"},
        "code":{"type":"string"},"password":{"type":"string"}}})"},
    {"Password", R"({"type":"object","required":["password"],"additionalProperties":false,
        "properties":{"password":{"type":"string"}}})"},
    {"Setup", R"({"type":"object","required":["key","name","mail","password"],
        "additionalProperties":false,"properties":{
        "key":{"type":"string","description":"Of the one-time link in the log."},
        "name":{"type":"string"},"mail":{"type":"string"},
        "password":{"type":"string","minLength":8,"maxLength":256}}})"},
    {"User", R"({"type":"object","required":["id","name","mail","role","enabled"],"properties":{
        "id":{"type":"string"},"name":{"type":"string"},"mail":{"type":"string"},
        "role":{"$ref":"#/components/schemas/Role"},"enabled":{"type":"boolean"},
        "second_factor":{"type":"boolean"},"created":{"type":["string","null"]},
        "last_signed_in":{"type":["string","null"]}}})"},
    {"UserPage", R"({"type":"object","required":["items","next"],"properties":{
        "items":{"type":"array","items":{"$ref":"#/components/schemas/User"}},
        "next":{"type":["string","null"]}}})"},
    {"NewUser", R"({"type":"object","required":["name","mail","role","password"],
        "additionalProperties":false,"properties":{"name":{"type":"string"},
        "mail":{"type":"string"},"role":{"$ref":"#/components/schemas/Role"},
        "password":{"type":"string","minLength":8,"maxLength":256}}})"},
    {"UserChange", R"({"type":"object","additionalProperties":false,"properties":{
        "name":{"type":"string"},"mail":{"type":"string"},
        "role":{"$ref":"#/components/schemas/Role"},"enabled":{"type":"boolean"},
        "second_factor":{"type":"boolean","const":false}}})"},
    {"Token", R"({"type":"object","required":["id","label","scopes"],"properties":{
        "id":{"type":"string"},"label":{"type":"string"},"owner":{"type":["string","null"]},
        "scopes":{"type":"array","items":{"$ref":"#/components/schemas/Scope"}},
        "created":{"type":["string","null"]},"expires":{"type":["string","null"]},
        "token":{"type":"string","description":"Told once, when it is made."}}})"},
    {"TokenPage", R"({"type":"object","required":["items","next"],"properties":{
        "items":{"type":"array","items":{"$ref":"#/components/schemas/Token"}},
        "next":{"type":["string","null"]}}})"},
    {"Subscriber", R"({"type":"object","required":["id","address","components","min_impact",
        "confirmed","failures","disabled"],"properties":{
        "id":{"type":"string"},
        "address":{"type":"string","description":"Masked but for an admin."},
        "components":{"type":"array","items":{"type":"string"},"description":"Empty: all."},
        "min_impact":{"type":"string","enum":["none","minor","major","critical"]},
        "confirmed":{"type":["string","null"]},"failures":{"type":"integer"},
        "disabled":{"type":"boolean","description":"Refused mail again and again."}}})"},
    {"SubscriberPage", R"({"type":"object","required":["items","total","next"],"properties":{
        "items":{"type":"array","items":{"$ref":"#/components/schemas/Subscriber"}},
        "total":{"type":"integer"},
        "disabled":{"type":"integer","description":"Of the total: get no more mails."},
        "next":{"type":["string","null"]}}})"},
    {"OnCall", R"({"type":"object","required":["steps","rotations","overrides","muted"],
        "properties":{"steps":{"type":"array","items":{"type":"object","properties":{
        "after_s":{"type":"integer"},"repeat":{"type":"integer"},"every_s":{"type":"integer"},
        "notify":{"type":"array","description":"Channels and rotations.",
        "items":{"type":"string"}}}}},
        "rotations":{"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string"},"time_zone":{"type":"string"},
        "people":{"type":"array","items":{"type":"string"}},
        "shifts":{"type":"array","description":"The present one first.",
        "items":{"type":"object","properties":{"name":{"type":"string"},
        "channels":{"type":"array","items":{"type":"string"}},
        "from":{"type":"string","format":"date-time"},"to":{"type":"string","format":"date-time"},
        "overridden":{"type":"boolean"}}}}}}},
        "overrides":{"type":"array",
        "description":"Those not over. By hand outranks configured; of each, the later holds.",
        "items":{"type":"object","properties":{
        "id":{"type":["string","null"],"description":"Null: of the configuration."},
        "rotation":{"type":"string"},
        "who":{"type":["string","null"],
        "description":"Null: not configured any more, and without effect."},
        "start":{"type":"string","format":"date-time"},"end":{"type":"string","format":"date-time"},
        "origin":{"type":"string","enum":["configuration","hand"]},"actor":{"type":"string"},
        "since":{"type":["string","null"],"format":"date-time"}}}},
        "muted":{"type":["object","null"],"properties":{
        "until":{"type":"string","format":"date-time"},
        "since":{"type":"string","format":"date-time"},"actor":{"type":"string"}}}}})"},
    {"Mute", R"({"type":"object","required":["for_s"],"additionalProperties":false,"properties":{
        "for_s":{"type":"integer","minimum":60,"maximum":604800}}})"},
    {"Muted", R"({"type":"object","required":["position"],"properties":{
        "position":{"type":"integer"}}})"},
    {"ShiftOverride", R"({"type":"object","required":["rotation","who","end"],
        "additionalProperties":false,"properties":{"rotation":{"type":"string","maxLength":64},
        "who":{"type":"string","maxLength":480,"description":"A name of the rotation's people."},
        "start":{"type":"string","format":"date-time","description":"Left out: now."},
        "end":{"type":"string","format":"date-time"}}})"},
    {"CallTest", R"({"type":"object","required":["step"],"additionalProperties":false,
        "properties":{"step":{"type":"integer","minimum":1,"maximum":10}}})"},
    {"CallTestSent", R"({"type":"object","required":["subject"],"properties":{
        "subject":{"type":"string","description":"Ask for its deliveries by this."}}})"},
    {"ChannelList", R"({"type":"object","required":["items"],"properties":{
        "items":{"type":"array","items":{"type":"object",
        "required":["id","kind","given_up_in_a_row","switched_off"],"properties":{
        "id":{"type":"string"},"kind":{"type":"string"},"given_up_in_a_row":{"type":"integer"},
        "switched_off":{"type":["object","null"],"required":["since","reason"],"properties":{
        "since":{"type":"string","format":"date-time"},"reason":{"type":"string"}}}}}}}})"},
    {"NewToken", R"({"type":"object","required":["label","scopes"],"additionalProperties":false,
        "properties":{"label":{"type":"string","maxLength":120},
        "scopes":{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Scope"}},
        "expires":{"type":"string","format":"date-time"}}})"},
    {"IncidentComponent", R"({"type":"object","required":["id","name","status"],"properties":{
        "id":{"type":"string"},"name":{"type":"string"},
        "status":{"$ref":"#/components/schemas/ComponentStatus"},
        "worst":{"$ref":"#/components/schemas/ComponentStatus"}}})"},
    {"Update", R"({"type":"object","required":["id","at","origin","status","text"],"properties":{
        "id":{"type":"string"},"at":{"type":["string","null"]},
        "origin":{"$ref":"#/components/schemas/Origin"},
        "status":{"$ref":"#/components/schemas/IncidentStatus"},"text":{"type":"string"},
        "holding":{"type":"boolean","description":"Says only that there is nothing new."},
        "affected":{"type":"array","items":{"type":"object"}}}})"},
    {"Origin", R"({"type":"string","enum":["machine","human"]})"},
    {"IncidentFacts", R"({"type":"object","required":["id","title","status","impact"],"properties":{
        "id":{"type":"string"},"title":{"type":"string"},
        "status":{"$ref":"#/components/schemas/IncidentStatus"},
        "impact":{"type":"string","enum":["none","minor","major","critical"]},
        "origin":{"$ref":"#/components/schemas/Origin"},
        "worst":{"$ref":"#/components/schemas/ComponentStatus"},
        "started":{"type":["string","null"]},"opened":{"type":["string","null"]},
        "changed":{"type":["string","null"]},"recovered":{"type":["string","null"]},
        "resolved":{"type":["string","null"]},"resolve_due":{"type":["string","null"]},
        "next_update_due":{"type":["string","null"]},"overdue":{"type":"boolean"},
        "explained":{"type":"boolean"},"retracted":{"type":"boolean"},
        "owed":{"type":"boolean","description":"Closed, and a person still has to explain it."},
        "unexplained_ms":{"type":"integer"},"owned":{"type":["string","null"]},
        "drill":{"type":"boolean"},"started_by_evidence":{"type":["string","null"]},
        "merged_into":{"type":"string"},"split_from":{"type":"string"},
        "affected":{"type":"string"},"components":{"type":"array",
        "items":{"$ref":"#/components/schemas/IncidentComponent"}}}})"},
    {"IncidentCard", R"({"allOf":[{"$ref":"#/components/schemas/IncidentFacts"},
        {"type":"object","properties":{
        "latest":{"anyOf":[{"$ref":"#/components/schemas/Update"},{"type":"null"}]}}}]})"},
    {"IncidentPage", R"({"type":"object","required":["incidents","next"],"properties":{
        "incidents":{"type":"array","items":{"$ref":"#/components/schemas/IncidentCard"}},
        "next":{"type":["string","null"]}}})"},
    {"TimelineItem", R"({"type":"object","required":["position","at","kind","actor","entry",
        "title","words"],
        "properties":{"position":{"type":"integer"},"at":{"type":["string","null"]},
        "effective":{"type":["string","null"]},
        "kind":{"type":"string","enum":["signal","light","post","act","configuration"]},
        "origin":{"$ref":"#/components/schemas/Origin"},
        "actor":{"type":"string","description":"Empty: the machine."},
        "entry":{"type":"string","description":"The kind of fact in the journal."},
        "title":{"type":"string","description":"What people call that kind."},
        "words":{"type":"string"},
        "status":{"$ref":"#/components/schemas/ComponentStatus"}}})"},
    {"Incident", R"({"allOf":[{"$ref":"#/components/schemas/IncidentFacts"},
        {"type":"object","required":["updates","checks","timeline"],"properties":{
        "updates":{"type":"array","items":{"$ref":"#/components/schemas/Update"}},
        "checks":{"type":"array","items":{"$ref":"#/components/schemas/CheckWithResult"}},
        "timeline":{"type":"array","items":{"$ref":"#/components/schemas/TimelineItem"}},
        "timeline_cut":{"type":"boolean","description":"Older items were left out."}}}]})"},
    {"CheckFacts", R"({"type":"object","required":["id","component","kind","verdict"],"properties":{
        "id":{"type":"string"},"kind":{"type":"string"},"component":{"type":"string"},
        "component_name":{"type":"string"},
        "verdict":{"type":"string"},"since":{"type":["string","null"]},
        "decided":{"type":["string","null"]},"why":{"type":"string"},
        "every_ms":{"type":"integer"},"timeout_ms":{"type":"integer"},
        "retry_every_ms":{"type":"integer"},
        "fail_after":{"type":"array","items":{"type":"integer"}},
        "pass_after":{"type":"array","items":{"type":"integer"}},
        "severity":{"$ref":"#/components/schemas/ComponentStatus"},
        "evidence":{"type":"object"}}})"},
    {"Observation", R"({"type":"object","required":["number","at","result"],"properties":{
        "number":{"type":"integer"},"at":{"type":["string","null"]},"result":{"type":"string"},
        "detail":{"type":"string"},"blind":{"type":"boolean"},"evidence":{"type":"object"},
        "total_us":{"type":"integer"}}})"},
    {"CheckWithResult", R"({"allOf":[{"$ref":"#/components/schemas/CheckFacts"},
        {"type":"object","properties":{
        "newest":{"anyOf":[{"$ref":"#/components/schemas/Observation"},{"type":"null"}]}}}]})"},
    {"CheckList", R"({"type":"object","required":["checks"],"properties":{
        "checks":{"type":"array","items":{"$ref":"#/components/schemas/CheckWithResult"}}}})"},
    {"Check", R"({"allOf":[{"$ref":"#/components/schemas/CheckFacts"},
        {"type":"object","required":["observations"],"properties":{
        "observations":{"type":"array","items":{"$ref":"#/components/schemas/Observation"}}}}]})"},
    {"AuditPage", R"({"type":"object","required":["items","next"],"properties":{
        "items":{"type":"array","items":{"$ref":"#/components/schemas/TimelineItem"}},
        "next":{"type":["string","null"]}}})"},
    {"Delivery", R"({"type":"object","required":["id","kind","announcement","incident","title",
        "channel","address","state","attempts","next_try","changed","answer"],"properties":{
        "id":{"type":"string","description":"The same at every try."},
        "kind":{"type":"string","description":"What is told: opened, worse, post, resolved, …"},
        "announcement":{"type":"integer","description":"One for all who are told one thing."},
        "incident":{"type":["string","null"]},"title":{"type":["string","null"]},
        "channel":{"type":["string","null"],"description":"Of the configuration."},
        "address":{"type":["string","null"],"description":"Masked."},
        "state":{"$ref":"#/components/schemas/DeliveryState"},"attempts":{"type":"integer"},
        "next_try":{"type":["string","null"]},"changed":{"type":["string","null"]},
        "answer":{"type":"string","description":"What the last attempt met."}}})"},
    {"DeliveryState", R"({"type":"string","enum":["waiting","failed","sent","given_up"],
        "description":"failed will be tried again, given_up will not."})"},
    {"DeliveryPage", R"({"type":"object","required":["items","counts","next"],"properties":{
        "items":{"type":"array","items":{"$ref":"#/components/schemas/Delivery"}},
        "counts":{"type":"object","description":"Of the incident asked for, in whatever state.",
        "required":["waiting","failed","sent","given_up","next_try"],"properties":{
        "waiting":{"type":"integer"},"failed":{"type":"integer"},"sent":{"type":"integer"},
        "given_up":{"type":"integer"},"next_try":{"type":["string","null"]}}},
        "next":{"type":["string","null"]}}})"},
    {"State", R"({"type":"object","required":["position","as_of","headline","components",
        "incidents","checks"],"properties":{
        "position":{"type":"integer"},"as_of":{"type":"string"},"version":{"type":"string"},
        "page":{"type":"object"},"indicator":{"type":"string"},"all_good":{"type":"boolean"},
        "headline":{"type":"string"},"detail":{"type":"string"},"suspects":{"type":"integer"},
        "blind":{"type":"boolean"},"store_failed":{"type":"boolean"},
        "components":{"type":"array","items":{"$ref":"#/components/schemas/Component"}},
        "incidents":{"type":"array","items":{"$ref":"#/components/schemas/IncidentCard"}},
        "owed":{"type":"array","items":{"$ref":"#/components/schemas/IncidentCard"}},
        "owed_total":{"type":"integer"},
        "checks":{"type":"array","items":{"$ref":"#/components/schemas/CheckWithResult"}}}})"},
    {"Component", R"({"type":"object","required":["id","name","status"],"properties":{
        "id":{"type":"string"},"name":{"type":"string"},"group":{"type":"string"},
        "status":{"$ref":"#/components/schemas/ComponentStatus"},"cause":{"type":"string"},
        "words":{"type":"string"},"since":{"type":["string","null"]},
        "incidents":{"type":"array","items":{"type":"string"}}}})"},
    {"Preview", R"({"type":"object","required":["html"],"properties":{
        "html":{"type":"string","description":"As the public page would show it."}}})"},
});
// clang-format on

}  // namespace candor::web
