#include "web/api.h"

#include "base/check.h"
#include "model/status.h"
#include "page/markdown.h"
#include "ports/journal.h"
#include "web/api_maintenance.h"
#include "web/json_object.h"

namespace candor::web {
namespace {

constexpr std::size_t kTitleBytesMax = 120;
constexpr std::size_t kComponentsMax = 1000;
constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kInstantBytesMax = 40;

// Only an update can take back what a declaration said.
constexpr std::string_view kDeclared = "degraded_performance, partial_outage or major_outage";
constexpr std::string_view kDeclaredOrWithdrawn =
    "degraded_performance, partial_outage or major_outage, or operational to withdraw what was "
    "declared";

Result<std::vector<ComponentChange>> components_member(const json::object& object,
                                                       std::string_view known) {
    std::vector<ComponentChange> changes;
    const json::value* value = object.if_contains("components");
    if (value == nullptr) return changes;
    if (!value->is_object()) {
        return fail(ErrorCode::kInvalid,
                    "#/components: must be an object of component id to status");
    }
    if (value->as_object().size() > kComponentsMax) {
        return fail(ErrorCode::kTooLarge, "#/components: more than 1000 members");
    }
    for (const auto& member : value->as_object()) {
        const std::string id(member.key());
        const std::string at = "#/components/" + id;
        if (!member.value().is_string()) {
            return fail(ErrorCode::kInvalid, at + ": must be a status, such as \"major_outage\"");
        }
        const std::string name(member.value().as_string());
        const auto status = component_status_from(name);
        if (!status || known.find(name) == std::string_view::npos) {
            return fail(ErrorCode::kInvalid,
                        at + ": \"" + name + "\" is no status here; use " + std::string(known));
        }
        changes.push_back({ComponentId{id}, *status});
    }
    return changes;
}

Result<Command> parse_declare(const json::object& object) {
    TRY(only_members(object, {"title", "text", "components", "drill"}));
    command::Declare declare;
    declare.drill = TRY(truth_member(object, "drill")).value_or(false);
    declare.title = TRY(words_member(object, "title", kTitleBytesMax * 4, TextKind::kLine));
    declare.text = TRY(words_member(object, "text", kSealedTextBytesMax, TextKind::kLines));
    declare.components = TRY(components_member(object, kDeclared));
    if (declare.components.empty()) {
        return fail(ErrorCode::kInvalid,
                    "#/components: name at least one component and its status");
    }
    return declare;
}

Result<Command> parse_post(std::string_view id, const json::object& object) {
    TRY(only_members(object, {"status", "text", "components"}));
    command::Post post;
    post.incident = IncidentId{std::string(id)};
    post.text = TRY(words_member(object, "text", kSealedTextBytesMax, TextKind::kLines));
    post.components = TRY(components_member(object, kDeclaredOrWithdrawn));
    const std::string phase = TRY(text_member(object, "status", 32, false));
    if (!phase.empty()) {
        post.phase = incident_phase_from(phase);
        if (!post.phase) {
            return fail(ErrorCode::kInvalid,
                        "#/status: \"" + phase +
                            "\" is no incident status; use investigating, identified, "
                            "monitoring, resolved or postmortem");
        }
    }
    return post;
}

Result<Command> parse_retract(std::string_view id, const json::object& object) {
    TRY(only_members(object, {"text"}));
    command::Retract retract;
    retract.incident = IncidentId{std::string(id)};
    retract.text = TRY(words_member(object, "text", kSealedTextBytesMax, TextKind::kLines));
    return retract;
}

Result<Command> parse_start(const IncidentId& incident, const json::object& object) {
    TRY(only_members(object, {"start"}));
    const auto at = TRY(time_member(object, "start", kInstantBytesMax, true));
    return command::MoveStart{incident, *at};
}

Result<Command> parse_merge(const IncidentId& incident, const json::object& object) {
    TRY(only_members(object, {"into"}));
    return command::Merge{incident,
                          IncidentId{TRY(text_member(object, "into", kIdBytesMax, true))}};
}

Result<Command> parse_split(const IncidentId& incident, const json::object& object) {
    TRY(only_members(object, {"component", "title", "text"}));
    command::Split split;
    split.incident = incident;
    split.component.value = TRY(text_member(object, "component", kIdBytesMax, true));
    split.title = TRY(words_member(object, "title", kTitleBytesMax * 4, TextKind::kLine));
    split.text = TRY(words_member(object, "text", kSealedTextBytesMax, TextKind::kLines));
    return split;
}

}  // namespace

Result<Command> parse_command(Handler handler, std::string_view id, std::string_view body) {
    const json::object object = TRY(parse_object(body));
    switch (handler) {
        case Handler::kDeclare: return parse_declare(object);
        case Handler::kPostUpdate: return parse_post(id, object);
        case Handler::kRetract: return parse_retract(id, object);
        case Handler::kAcceptMonitoring:
            TRY(only_members(object, {}));
            return command::AcceptMonitoring{ComponentId{std::string(id)}};
        case Handler::kAcknowledge:
            TRY(only_members(object, {}));
            return command::Acknowledge{IncidentId{std::string(id)}};
        case Handler::kMarkDrill:
            TRY(only_members(object, {}));
            return command::MarkDrill{IncidentId{std::string(id)}};
        case Handler::kMoveStart: return parse_start(IncidentId{std::string(id)}, object);
        case Handler::kMerge: return parse_merge(IncidentId{std::string(id)}, object);
        case Handler::kSplit: return parse_split(IncidentId{std::string(id)}, object);
        case Handler::kScheduleMaintenance:
        case Handler::kUpdateMaintenance:
        case Handler::kFinishMaintenance:
        case Handler::kCancelMaintenance: return parse_maintenance(handler, id, object);
        default: break;
    }
    return fail(ErrorCode::kInternal, "no command stands behind this route");
}

Result<std::string> parse_idempotency_key(std::string_view header) {
    std::string_view key = header;
    if (key.size() >= 2 && key.front() == '"' && key.back() == '"') {
        key = key.substr(1, key.size() - 2);
    }
    if (key.size() > kIdempotencyKeyBytesMax) {
        return fail(ErrorCode::kTooLarge, "Idempotency-Key: longer than 255 bytes");
    }
    for (const char c : key) {
        if (c < 0x21 || c > 0x7e || c == '"' || c == '\\') {
            return fail(ErrorCode::kInvalid,
                        "Idempotency-Key: use printable characters without spaces or quotes");
        }
    }
    if (key.empty() && !header.empty()) {
        return fail(ErrorCode::kInvalid, "Idempotency-Key: must not be empty");
    }
    return std::string(key);
}

std::string_view path_variable(std::string_view pattern, std::string_view path) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos || star >= path.size()) return {};
    const std::string_view rest = path.substr(star);
    return rest.substr(0, rest.find('/'));
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalid: return 422;
        case ErrorCode::kNotFound: return 404;
        case ErrorCode::kConflict: return 409;
        case ErrorCode::kChanged: return 412;
        case ErrorCode::kTooLarge: return 413;
        case ErrorCode::kUnauthorized: return 401;
        case ErrorCode::kBusy: return 503;
        case ErrorCode::kDiskFull: return 507;
        case ErrorCode::kIo:
        case ErrorCode::kCorrupt:
        case ErrorCode::kUnsupported:
        case ErrorCode::kInternal: return 500;
    }
    return 500;
}

Answer answer_error(const Error& error) {
    const int status = status_of(error.code);
    Answer answer = problem(status, reason_phrase(status), error.message);
    if (status == 503) answer.extra = "Retry-After: 1\r\n";
    if (status == 401) answer.extra = "WWW-Authenticate: Bearer realm=\"candor\"\r\n";
    return answer;
}

Answer answer_command(int status, const Result<CommandAnswer>& result) {
    if (!result) return answer_error(result.error());
    Answer answer;
    answer.status = status;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = "{";
    const std::string& id =
        result->maintenance.empty() ? result->incident.value : result->maintenance.value;
    if (!id.empty()) answer.body += "\"id\":" + json_quote(id) + ",";
    answer.body += "\"position\":" + std::to_string(result->position) + "}\n";
    return answer;
}

Answer answer_preview(std::string_view body) {
    const auto text = [&]() -> Result<std::string> {
        const json::object object = TRY(parse_object(body));
        TRY(only_members(object, {"text"}));
        return text_member(object, "text", kSealedTextBytesMax, true);
    }();
    if (!text) return answer_error(text.error());
    Answer answer;
    answer.content_type = "application/json; charset=utf-8";
    const page::Html html = page::render_markdown(*text, page::MarkdownForm::kBlocks);
    answer.body = "{\"html\":" + json_quote(html.bytes()) + "}\n";
    return answer;
}

}  // namespace candor::web
