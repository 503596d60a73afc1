// Every mistake an operator can make in candor.yaml, and the exact words Candor has for it.
//
// cases/NAME.yaml is read with a fixed environment; cases/NAME.expected holds what came out: the
// problems, or the configuration. CANDOR_UPDATE_GOLDEN=1 writes the expectations anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/config_load.h"
#include "app/config_value.h"
#include "base/codec.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCases = "tests/config/cases";

const ExpandSources kFixed = {
    [](const std::string& name) -> std::optional<std::string> {
        const std::map<std::string, std::string> known = {{"NAME", "Acme"},
                                                          {"ZONE", "America/Toronto"},
                                                          {"HOST", "api.example"},
                                                          {"TOKEN", "s3cret"},
                                                          {"EVERY", "30s"},
                                                          {"K_OF_N", "3/5"},
                                                          {"HUGE", std::string(40'000, 'x')},
                                                          {"BYTES", "\xff"}};
        const auto at = known.find(name);
        if (at == known.end()) return std::nullopt;
        return at->second;
    },
    [](const std::string& path, std::size_t) -> Result<std::string> {
        if (path == "/run/name") return std::string("from-file\n");
        return fail(ErrorCode::kNotFound, "cannot open: No such file or directory");
    }};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string describe(const HttpTarget& t) {
    std::string out = t.method + ' ' + t.url;
    for (const auto& [name, value] : t.headers) out += " [" + name + ": " + value + "]";
    out += " body=" + std::to_string(t.body.size()) + "B status=" + std::to_string(t.status);
    out += " contains='" + t.body_contains + "'";
    if (t.json) out += " json='" + t.json->pointer + "'='" + t.json->equals + "'";
    if (t.max_latency) out += " max_latency=" + format_duration(*t.max_latency);
    return out + " redirects=" + std::to_string(t.redirects_max);
}
std::string describe(const TcpTarget& t) {
    return t.host + " port " + std::to_string(t.port);
}
std::string describe(const DnsTarget& t) {
    std::string out = t.type + ' ' + t.name + " of '" + t.server + "' expects";
    for (const std::string& answer : t.expect) out += ' ' + answer;
    return out;
}
std::string describe(const TlsTarget& t) {
    return t.host + " port " + std::to_string(t.port) + " days " + std::to_string(t.days_min);
}
std::string describe(const PingTarget& t) {
    return t.host;
}
std::string describe(const CommandTarget& t) {
    std::string out;
    for (const std::string& argument : t.argv) out += '<' + argument + '>';
    return out;
}
std::string describe(const HeartbeatTarget& t) {
    return "every " + format_duration(t.every) + " schedule '" + t.schedule + "' in " +
           t.time_zone + " grace " + format_duration(t.grace) + " max_runtime " +
           format_duration(t.max_runtime);
}

std::string describe(const OutcomesTarget& t) {
    return t.stream + " objective " + std::to_string(t.objective_ppm) + " ppm customers " +
           std::to_string(t.customers_min) + " silent_after " + format_duration(t.silent_after);
}

std::string describe(const CheckSpec& spec) {
    return "check " + spec.component.value + ' ' + print_fields(spec.rule) + "\n  target " +
           std::visit([](const auto& target) { return describe(target); }, spec.target) +
           "\n  group '" + spec.target_group + "'\n";
}

std::string describe(const NetworkSettings& network) {
    std::string out;
    const auto add = [&](const std::string& name, const auto& files) {
        if (files) out += "tls " + name + ' ' + files->cert + ' ' + files->key + '\n';
    };
    add("public", network.tls.public_pages);
    add("intake", network.tls.intake);
    add("console", network.tls.console);
    for (const IpRange& range : network.trusted_proxies) out += "proxy " + range.text() + '\n';
    const auto reach = [&](const std::string& name, const ReachRules& rules) {
        out += "reach of " + name + ':';
        if (rules.to_public) out += " public";
        if (rules.to_private) out += " private";
        if (rules.to_loopback) out += " loopback";
        if (rules.to_link_local) out += " link-local";
        for (const IpRange& range : rules.ranges) out += ' ' + range.text();
        out += '\n';
    };
    if (network.probes != reach_of_operators()) reach("probes", network.probes);
    if (network.webhooks != reach_of_strangers()) reach("webhooks", network.webhooks);
    return out;
}

// Where and how, as far as it is no secret.
std::string describe(const notify::Channel& channel) {
    std::string out = "channel " + channel.id + ' ' + std::string(notify::kind_of(channel.target)) +
                      ' ' + print_fields(channel.filter);
    if (const auto* mail = std::get_if<notify::MailTarget>(&channel.target)) {
        out += "\n  through " + mail->server.server + " as '" + mail->server.user + "' from " +
               mail->server.from + " security " +
               std::to_string(static_cast<int>(mail->server.security)) + " to";
        for (const std::string& to : mail->to) out += ' ' + to;
    }
    if (const auto* command = std::get_if<notify::CommandTarget>(&channel.target)) {
        out += "\n  runs";
        for (const std::string& argument : command->argv) out += " <" + argument + '>';
        out += " within " + format_duration(command->timeout);
    }
    return out + '\n';
}

std::string describe(const notify::CallStep& step) {
    std::string out = "on_call after " + format_duration(step.after) + " repeat " +
                      std::to_string(step.repeat) + " every " + format_duration(step.every) + " to";
    for (const std::string& id : step.channels) out += ' ' + id;
    return out + '\n';
}

std::string describe(const Config& config) {
    std::string out = "good\n";
    out += "page " + print_fields(config.topology.page) + '\n';
    out += "incidents " + print_fields(config.topology.incidents) + '\n';
    if (config.clocks) out += "clocks " + print_fields(*config.clocks) + '\n';
    for (const Group& group : config.topology.groups) out += "group " + print_fields(group) + '\n';
    for (const Component& component : config.topology.components) {
        Component shown = component;
        shown.checks.clear();
        out += "component " + print_fields(shown) + '\n';
    }
    for (const CheckSpec& spec : config.checks) out += describe(spec);
    for (const engine::MaintenancePlan& plan : config.maintenances) {
        out += "maintenance " + plan.id + " \"" + plan.name + "\" \"" + plan.description + "\" " +
               plan.recurrence.text();
        for (const ComponentId& id : plan.components) out += " on " + id.value;
        for (const std::string& name : plan.expects) out += " expects " + name;
        out += '\n';
    }
    for (const CheckSpec& spec : config.observer.anchors) out += "anchor " + describe(spec);
    out += "listen " + format_address(config.listen.public_pages) + ' ' +
           format_address(config.listen.intake) + ' ' + format_address(config.listen.console) +
           '\n';
    out += describe(config.network);
    out += "storage " + config.storage.folder + " keep " +
           format_duration(config.storage.keep_observations) + '\n';
    for (const notify::Channel& channel : config.notify) out += describe(channel);
    for (const notify::CallStep& step : config.on_call.steps) out += describe(step);
    for (const notify::Rotation& rotation : config.on_call.rotations) {
        out += "rotation " + print_fields(rotation) + '\n';
    }
    if (config.watchdog) {
        out += "watchdog " + config.watchdog->url + " every " +
               format_duration(config.watchdog->every) + '\n';
    }
    if (config.subscribers) {
        out += "subscribers through " + config.subscribers->server + " from " +
               config.subscribers->from + '\n';
    }
    return out;
}

std::string outcome(const std::string& yaml) {
    const LoadedConfig config = parse_config(yaml, "candor.yaml", kFixed);
    return config ? describe(*config) : config.error().text();
}

std::vector<fs::path> files(const std::string& extension) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(kCases)) {
        if (entry.path().extension() == extension) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
}

TEST(ConfigCases, each_file_says_exactly_what_is_expected) {
    const bool update = std::getenv("CANDOR_UPDATE_GOLDEN") != nullptr;
    const auto cases = files(".yaml");
    EXPECT_GE(cases.size(), 60U);
    for (const fs::path& path : cases) {
        const std::string got = outcome(read(path));
        fs::path expected = path;
        expected.replace_extension(".expected");
        if (update) std::ofstream(expected, std::ios::binary) << got;
        EXPECT_EQ(got, read(expected)) << path;
    }
}

TEST(ConfigCases, names_tell_whether_a_case_is_good) {
    for (const fs::path& path : files(".expected")) {
        const bool good = read(path).starts_with("good\n");
        EXPECT_EQ(good, path.filename().string().starts_with("good_")) << path;
        fs::path yaml = path;
        yaml.replace_extension(".yaml");
        EXPECT_TRUE(fs::exists(yaml)) << path << " belongs to no case";
    }
}

TEST(ConfigCases, no_message_repeats_what_came_from_the_environment) {
    for (const fs::path& path : files(".expected")) {
        const std::string text = read(path);
        if (text.starts_with("good\n")) continue;
        EXPECT_EQ(text.find("s3cret"), std::string::npos) << path;
        EXPECT_EQ(text.find("user:secret"), std::string::npos) << path;
    }
}

TEST(ConfigCases, ten_thousand_checks_are_the_most) {
    const auto yaml = [](int count) {
        std::string text = "components:\n";
        for (int i = 0; i < count; ++i) {
            const std::string n = std::to_string(i);
            if (i % 5000 == 0) text += "  - id: c" + n + "\n    name: C\n    checks:\n";
            text += "      - { id: k" + n + ", tcp: { address: \"a.example:80\" } }\n";
        }
        return text;
    };
    EXPECT_TRUE(parse_config(yaml(10'000), "f", kFixed));
    const auto refused = parse_config(yaml(10'001), "f", kFixed);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().text(),
              "f: there are 10001 checks; at most 10000 are allowed in all\n");
}

TEST(ConfigCases, five_thousand_components_are_the_most) {
    const auto yaml = [](int count) {
        std::string text = "components:\n";
        for (int i = 0; i < count; ++i) text += "  - { id: c" + std::to_string(i) + ", name: C }\n";
        return text;
    };
    EXPECT_TRUE(parse_config(yaml(5'000), "f", kFixed));
    EXPECT_EQ(parse_config(yaml(5'001), "f", kFixed).error().text(),
              "f:2:3: `components` has 5001 items; at most 5000 are allowed\n");
}

TEST(ConfigCases, a_long_chain_of_dependencies_is_no_circle) {
    std::string text = "components:\n";
    for (int i = 0; i < 5'000; ++i) {
        const std::string n = std::to_string(i);
        text += "  - { id: c" + n + ", name: C";
        if (i > 0) text += ", depends_on: [c" + std::to_string(i - 1) + "]";
        text += " }\n";
    }
    EXPECT_TRUE(parse_config(text, "f", kFixed));
}

}  // namespace
}  // namespace candor::app
