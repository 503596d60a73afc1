#include "app/definition.h"

#include <map>
#include <type_traits>

#include "base/check.h"
#include "base/codec.h"
#include "base/sha256.h"

namespace candor::app {

namespace {

// Length-prefixed fields, so that no two definitions share a text.
class Canonical {
   public:
    Canonical& text(std::string_view value) {
        out_ += std::to_string(value.size());
        out_ += ':';
        out_ += value;
        return *this;
    }
    Canonical& number(std::int64_t value) { return text(std::to_string(value)); }
    std::string take() { return std::move(out_); }

   private:
    std::string out_;
};

void put(Canonical& out, const HttpTarget& target) {
    out.text(target.url).text(target.method).number(std::ssize(target.headers));
    for (const auto& [name, value] : target.headers) out.text(name).text(value);
    out.text(target.body).number(target.status).text(target.body_contains);
    out.number(target.json ? 1 : 0);
    if (target.json) out.text(target.json->pointer).text(target.json->equals);
    out.number(target.max_latency ? target.max_latency->ms : -1).number(target.redirects_max);
}
void put(Canonical& out, const TcpTarget& target) {
    out.text(target.host).number(target.port);
}
void put(Canonical& out, const DnsTarget& target) {
    out.text(target.name).text(target.type).number(std::ssize(target.expect));
    for (const std::string& answer : target.expect) out.text(answer);
    out.text(target.server);
}
void put(Canonical& out, const TlsTarget& target) {
    out.text(target.host).number(target.port).number(target.days_min);
}
void put(Canonical& out, const PingTarget& target) {
    out.text(target.host);
}
void put(Canonical& out, const CommandTarget& target) {
    for (const std::string& argument : target.argv) out.text(argument);
}
void put(Canonical& out, const HeartbeatTarget& target) {
    out.number(target.every.ms).text(target.schedule).text(target.time_zone);
    out.number(target.grace.ms).number(target.max_runtime.ms);
}

void put(Canonical& out, const OutcomesTarget& target) {
    out.text(target.stream).number(target.objective_ppm).number(target.customers_min);
    out.number(target.silent_after.ms);
}

std::string definition_of(const CheckSpec& spec, std::string_view salt) {
    CheckRule rule = spec.rule;
    rule.definition.clear();
    Canonical out;
    out.text(salt).text("candor check definition 1").text(spec.component.value).text(encode(rule));
    std::visit([&out](const auto& target) { put(out, target); }, spec.target);
    return to_hex(sha256(out.take())).substr(0, 32);
}

std::string derived(std::string_view secret, std::string_view purpose, std::string_view name) {
    // The secret is 64 uniform digits, so one hash over length-prefixed parts is a sound MAC:
    // the length in front leaves nothing to extend.
    const std::string inner =
        to_hex(sha256(Canonical().text(secret).text(purpose).text(name).take()));
    return to_hex(sha256(Canonical().text(secret).text(inner).take()));
}

}  // namespace

std::string redacted_text(const Config& config) {
    std::string out = "topology " + print_fields(config.topology) + '\n';
    if (config.clocks) out += "clocks " + print_fields(*config.clocks) + '\n';
    out += "keep_observations " + std::to_string(config.storage.keep_observations.ms) + "ms\n";
    for (const engine::MaintenancePlan& plan : config.maintenances) {
        out += "maintenance " + plan.id + ' ' + plan.name + ' ' + plan.description;
        for (const ComponentId& id : plan.components) out += ' ' + id.value;
        for (const std::string& name : plan.expects) out += " expects " + name;
        out += ' ' + plan.recurrence.text() + '\n';
    }
    for (const CheckSpec& anchor : config.observer.anchors) {
        out += "anchor " + anchor.rule.id.value + ' ' + anchor.rule.definition + '\n';
    }
    for (const notify::Channel& channel : config.notify) {
        out += "channel " + channel.id + ' ' + std::string(notify::kind_of(channel.target)) + ' ' +
               print_fields(channel.filter) + '\n';
    }
    for (const notify::CallStep& step : config.on_call.steps) {
        out += "on_call after " + std::to_string(step.after.ms) + "ms repeat " +
               std::to_string(step.repeat) + " every " + std::to_string(step.every.ms) + "ms";
        for (const std::string& id : step.channels) out += ' ' + id;
        out += '\n';
    }
    for (const notify::Rotation& rotation : config.on_call.rotations) {
        out += "rotation " + print_fields(rotation) + '\n';
    }
    if (config.subscribers) out += "subscribers\n";
    if (config.watchdog) {
        out += "watchdog every " + std::to_string(config.watchdog->every.ms) + "ms\n";
    }
    return out;
}

void seal_definitions(Config& config, std::string_view salt) {
    std::map<CheckId, std::string> definitions;
    for (CheckSpec& spec : config.checks) {
        spec.rule.definition = definition_of(spec, salt);
        definitions[spec.rule.id] = spec.rule.definition;
    }
    for (CheckSpec& anchor : config.observer.anchors) {
        anchor.rule.definition = definition_of(anchor, salt);
    }
    for (Component& component : config.topology.components) {
        for (CheckRule& rule : component.checks) rule.definition = definitions[rule.id];
    }
    config.redacted = redacted_text(config);
}

std::string derive_ping_uuid(std::string_view instance_secret, const CheckId& check) {
    std::string hex = derived(instance_secret, "ping uuid", check.value).substr(0, 32);
    constexpr std::string_view kVariants = "89ab";
    const char variant = hex[16];
    hex[12] = '8';
    const int digit = variant <= '9' ? variant - '0' : variant - 'a' + 10;
    hex[16] = kVariants[static_cast<std::size_t>(digit & 3)];
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
           hex.substr(16, 4) + '-' + hex.substr(20);
}

std::string derive_ping_key(std::string_view instance_secret) {
    return derived(instance_secret, "ping key", "").substr(0, 22);
}

std::string derive_subscriber_key(std::string_view instance_secret) {
    return derived(instance_secret, "subscriber links", "");
}

std::string derive_answer_key(std::string_view instance_secret) {
    return derived(instance_secret, "answer links", "");
}

std::string derive_channel_key(std::string_view instance_secret) {
    return derived(instance_secret, "channel definitions", "");
}

void set_people_keys(Config& config, std::string_view instance_secret) {
    constexpr std::size_t kKeyDigits = 24;
    for (notify::Rotation& rotation : config.on_call.rotations) {
        for (notify::OnCallPerson& person : rotation.people) {
            person.key =
                derived(instance_secret, "person on call", person.name).substr(0, kKeyDigits);
        }
    }
}

void set_ping_uuids(Config& config, std::string_view instance_secret) {
    for (CheckSpec& spec : config.checks) {
        if (auto* target = std::get_if<HeartbeatTarget>(&spec.target)) {
            target->ping_uuid = derive_ping_uuid(instance_secret, spec.rule.id);
        }
    }
}

}  // namespace candor::app
