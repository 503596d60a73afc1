#include "intake/ping_path.h"

#include <array>
#include <optional>

namespace candor::intake {
namespace {

constexpr std::string_view kPrefix = "/ping/";
constexpr std::size_t kUuidSize = 36;
constexpr std::int64_t kExitCodeMax = 255;

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Lower case only, as in the URL; `rid` is lowered before.
bool is_canonical_uuid(std::string_view text) {
    if (text.size() != kUuidSize) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool is_slug(std::string_view text) {
    for (const char c : text) {
        const bool good = is_hex(c) || (c >= 'g' && c <= 'z') || c == '_' || c == '-';
        if (!good) return false;
    }
    return !text.empty();
}

struct Action {
    PingKind kind = PingKind::kSuccess;
    std::int64_t exit_code = 0;
    bool over_range = false;
};

// Nothing when the word is none of the protocol's.
std::optional<Action> parse_action(std::string_view word) {
    if (word == "start") return Action{PingKind::kStart};
    if (word == "fail") return Action{PingKind::kFail};
    if (word == "log") return Action{PingKind::kLog};
    if (word.empty()) return {};
    std::int64_t code = 0;
    for (const char c : word) {
        if (c < '0' || c > '9') return {};
        if (code <= kExitCodeMax) code = code * 10 + (c - '0');
    }
    return Action{PingKind::kExitCode, code, code > kExitCodeMax};
}

// The value of `rid`, or nothing when the query has none. Escapes are not decoded: no valid value
// needs them. `create` and everything else is ignored.
std::optional<std::string> find_run_id(std::string_view query) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view item = query.substr(0, end);
        if (item.starts_with("rid=")) return std::string(item.substr(4));
        if (end == std::string_view::npos) break;
        query.remove_prefix(end + 1);
    }
    return {};
}

struct Segments {
    std::array<std::string_view, 3> at;
    std::size_t count = 0;
};

std::optional<Segments> split(std::string_view path) {
    if (!path.starts_with(kPrefix)) return {};
    path.remove_prefix(kPrefix.size());
    Segments segments;
    while (true) {
        if (segments.count == segments.at.size()) return {};
        const std::size_t end = path.find('/');
        const std::string_view part = path.substr(0, end);
        if (part.empty()) return {};
        segments.at[segments.count++] = part;
        if (end == std::string_view::npos) return segments;
        path.remove_prefix(end + 1);
    }
}

PingRequest refused(PingOutcome outcome) {
    return {.outcome = outcome, .ping = {}};
}

PingRequest accept(const PingAddress* address, std::string_view word, std::string_view query) {
    std::optional<Action> action = word.empty() ? Action{} : parse_action(word);
    if (address == nullptr || !action) return refused(PingOutcome::kNotFound);
    if (action->over_range) return refused(PingOutcome::kBadFormat);
    PingRequest request{.outcome = PingOutcome::kAccepted, .ping = {}};
    if (std::optional<std::string> run = find_run_id(query)) {
        for (char& c : *run) {
            if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        }
        if (!is_canonical_uuid(*run)) return refused(PingOutcome::kBadRunId);
        request.ping.run_id = std::move(*run);
    }
    request.ping.check = address->check;
    request.ping.kind = action->kind;
    request.ping.exit_code = action->exit_code;
    return request;
}

bool is_known_key(const PingDirectory& directory, std::string_view key) {
    for (const PingAddress& a : directory.addresses) {
        if (!a.key.empty() && a.key == key) return true;
    }
    return false;
}

// `key` empty: any key.
PingRequest by_slug(const PingDirectory& directory, std::string_view key, std::string_view slug,
                    std::string_view word, std::string_view query) {
    if (!is_slug(slug)) return refused(PingOutcome::kBadFormat);
    const PingAddress* found = nullptr;
    for (const PingAddress& a : directory.addresses) {
        if (a.slug != slug || (!key.empty() && a.key != key)) continue;
        if (found != nullptr) return refused(PingOutcome::kAmbiguous);
        found = &a;
    }
    return accept(found, word, query);
}

}  // namespace

PingRequest parse_ping(const PingDirectory& directory, std::string_view path,
                       std::string_view query, bool bare_slug_allowed) {
    const std::optional<Segments> segments = split(path);
    if (!segments) return refused(PingOutcome::kNotFound);
    const auto& [first, second, third] = segments->at;
    if (is_canonical_uuid(first)) {
        const PingAddress* found = nullptr;
        for (const PingAddress& a : directory.addresses) {
            if (a.uuid == first) found = &a;
        }
        return accept(third.empty() ? found : nullptr, second, query);
    }
    if (segments->count >= 2 && is_known_key(directory, first)) {
        return by_slug(directory, first, second, third, query);
    }
    if (bare_slug_allowed && segments->count <= 2) {
        return by_slug(directory, "", first, second, query);
    }
    // An unknown key; an upper-case slug is still told as such, as the protocol does.
    if (segments->count >= 2 && !is_slug(second)) return refused(PingOutcome::kBadFormat);
    return refused(PingOutcome::kNotFound);
}

int ping_status(PingOutcome outcome) {
    switch (outcome) {
        case PingOutcome::kAccepted: return 200;
        case PingOutcome::kNotFound: return 404;
        case PingOutcome::kBadFormat:
        case PingOutcome::kBadRunId: return 400;
        case PingOutcome::kAmbiguous: return 409;
    }
    return 404;
}

std::string_view ping_body(PingOutcome outcome) {
    switch (outcome) {
        case PingOutcome::kAccepted: return "OK";
        case PingOutcome::kNotFound: return "not found";
        case PingOutcome::kBadFormat: return "invalid url format";
        case PingOutcome::kBadRunId: return "invalid uuid format";
        case PingOutcome::kAmbiguous: return "ambiguous slug";
    }
    return "not found";
}

}  // namespace candor::intake
