#include "acme/service.h"

#include <charconv>
#include <chrono>

namespace acme {
namespace {

constexpr std::int64_t kPurgeDays = 400;
constexpr std::uint16_t kNameServerOffset = 53;

const std::string& parameter(const Request& request, const std::string& name) {
    static const std::string kAbsent;
    const auto found = request.query.find(name);
    return found == request.query.end() ? kAbsent : found->second;
}

Answer found_or_404(std::string json) {
    if (json.empty()) return {404, R"({"error":"not found"})"};
    return {200, std::move(json)};
}

}  // namespace

Service::Service(std::unique_ptr<Database> database, std::uint16_t base_port)
    : database_(std::move(database)),
      name_server_(faults_),
      base_port_(base_port),
      control_(base_port, [this](int connection) {
          serve_http(connection,
                     [this](const Request& request) { return answer_control(request); });
      }) {
    for (Area area : kAreas) {
        const auto offset = static_cast<std::uint16_t>(1 + index_of(area));
        const auto port = static_cast<std::uint16_t>(base_port == 0 ? 0 : base_port + offset);
        areas_[index_of(area)] = std::make_unique<Listener>(port, [this, area](int connection) {
            if (area == Area::kVoicemail) return greet_voicemail(connection);
            serve_http(connection,
                       [this, area](const Request& request) { return answer(area, request); });
        });
    }
}

std::string Service::open() {
    std::string why = control_.open();
    for (const auto& listener : areas_) {
        if (why.empty()) why = listener->open();
    }
    if (!why.empty()) return why;
    return name_server_.open(
        static_cast<std::uint16_t>(base_port_ == 0 ? 0 : base_port_ + kNameServerOffset));
}

void Service::follow_faults() {
    for (Area area : kAreas) {
        Listener& listener = *areas_[index_of(area)];
        if (faults_.refuses_connections(area)) {
            listener.close();
        } else {
            const std::string why = listener.open();
            if (!why.empty()) std::fprintf(stderr, "acme: %s\n", why.c_str());
        }
    }
}

std::string Service::ports() const {
    std::string out = "{\"control\":" + std::to_string(control_.port());
    for (Area area : kAreas) {
        out += ",\"" + std::string(name_of(area)) +
               "\":" + std::to_string(areas_[index_of(area)]->port());
    }
    return out + ",\"dns\":" + std::to_string(name_server_.port()) + "}";
}

Answer Service::answer(Area area, const Request& request) {
    faults_.hold_back(area);
    if (faults_.answers_errors(area)) return {500, R"({"error":"the database is not answering"})"};
    if (request.path == "/health") {
        if (!database_->works()) return {500, R"({"status":"down","database":"unreachable"})"};
        return {200, R"({"status":"up","area":")" + std::string(name_of(area)) + "\"}"};
    }
    if (request.path == "/stats") return stats();
    return answer_area(area, request);
}

Answer Service::answer_area(Area area, const Request& request) {
    const std::string& path = request.path;
    if (area == Area::kDirectory && path == "/directory/search") {
        return found_or_404(database_->search(parameter(request, "q")));
    }
    if (area == Area::kDirectory && path == "/directory/users") {
        return found_or_404(database_->users_of(parameter(request, "customer")));
    }
    if (area == Area::kProfiles && path == "/profile") {
        return found_or_404(database_->profile(parameter(request, "user")));
    }
    if (area == Area::kCalls && path == "/calls/active") {
        const auto now = std::chrono::steady_clock::now();
        return {200, "{\"active_calls\":" + std::to_string(calls_.active(now)) + "}"};
    }
    if (area == Area::kSignIn && path == "/login") {
        if (request.method != "POST") return {405, R"({"error":"POST it"})"};
        std::string user = database_->sign_in(request.body);
        if (user.empty()) return {401, R"({"error":"wrong address or password"})"};
        return {200, std::move(user)};
    }
    return {404, R"({"error":"not found"})"};
}

Answer Service::stats() {
    std::string counts = database_->counts();
    if (counts.empty()) return {500, R"({"error":"the database is not answering"})"};
    const bool ringing = !faults_.refuses_connections(Area::kCalls);
    const std::size_t active = ringing ? calls_.active(std::chrono::steady_clock::now()) : 0;
    counts.back() = ',';
    return {200, counts + "\"active_calls\":" + std::to_string(active) + "}"};
}

Answer Service::answer_control(const Request& request) {
    if (request.path == "/faults") return {200, faults_.describe()};
    if (request.path == "/stats") return stats();
    if (request.method != "POST") return {405, R"({"error":"POST it"})"};
    if (request.path == "/fault") return break_something(request);
    if (request.path == "/heal") {
        faults_.heal();
        return {200, faults_.describe()};
    }
    if (request.path == "/admin/purge") {
        const std::string& text = parameter(request, "days");
        std::int64_t days = kPurgeDays;
        std::from_chars(text.data(), text.data() + text.size(), days);
        return found_or_404(database_->purge(days, parameter(request, "never_seen") == "yes"));
    }
    return {404, R"({"error":"not found"})"};
}

Answer Service::break_something(const Request& request) {
    const std::string& kind = parameter(request, "kind");
    if (kind == "dns") {
        faults_.set_name_server_broken();
        return {200, faults_.describe()};
    }
    const auto fault = fault_named(kind);
    const auto area = area_named(parameter(request, "area"));
    if (!fault || !area) {
        return {400, R"({"error":"kind is down, latency, errors, flap or dns; area is directory, )"
                     R"(signin, profiles, calls or voicemail"})"};
    }
    faults_.set(*area, *fault);
    return {200, faults_.describe()};
}

void Service::greet_voicemail(int connection) {
    faults_.hold_back(Area::kVoicemail);
    const bool broken = faults_.answers_errors(Area::kVoicemail);
    write_all(connection, broken ? "421 voicemail.acme.example has no mailboxes\r\n"
                                 : "220 voicemail.acme.example ready\r\n");
}

}  // namespace acme
