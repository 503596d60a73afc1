#include "web/precondition.h"

#include <algorithm>
#include <array>

#include "base/sha256.h"
#include "web/accept.h"
#include "web/http_text.h"

namespace candor::web {
namespace {

constexpr std::size_t kDigestDigits = 16;

// Names of the route table.
constexpr auto kWithRevision = std::to_array<std::string_view>({
    "user",
    "change_user",
    "remove_user",
    "set_password",
    "token",
    "revoke_token",
    "incident_room",
    "update",
    "retract",
    "acknowledge",
    "drill",
    "start",
    "merge",
    "split",
    "maintenance_window",
    "maintenance_update",
    "maintenance_finish",
    "maintenance_cancel",
    "on_call",
    "on_call_mute",
    "on_call_unmute",
    "on_call_override",
    "on_call_override_remove",
});

std::string etag_of(std::string_view revision, std::string_view body) {
    return '"' + std::string(revision) + '.' + to_hex(sha256(body)).substr(0, kDigestDigits) + '"';
}

}  // namespace

bool has_revision(const Route& route) {
    return std::ranges::find(kWithRevision, route.name) != kWithRevision.end();
}

Revisions parse_if_match(std::string_view header) {
    header = trim_blanks(header);
    if (header.empty() || header == "*") return std::nullopt;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < kIfMatchTagsMax && !header.empty(); ++i) {
        std::string_view tag = next_item(header, ',');
        if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') continue;
        tag = tag.substr(1, tag.size() - 2);
        const std::size_t dot = tag.find('.');
        if (dot != std::string_view::npos) out.emplace_back(tag.substr(0, dot));
    }
    return out;
}

Answer with_etag(Answer answer, std::string_view revision, std::string_view if_none_match) {
    if (answer.status != 200) return answer;
    const std::string etag = etag_of(revision, answer.body);
    answer.extra += "ETag: " + etag + "\r\n";
    if (if_none_match.empty() || !matches_etag(if_none_match, etag)) return answer;
    answer.status = 304;
    answer.body.clear();
    return answer;
}

Answer refuse_if_match() {
    return problem(412, reason_phrase(412),
                   "nothing at this address has an ETag: leave If-Match out");
}

}  // namespace candor::web
