#include "app/definition.h"

#include <gtest/gtest.h>

#include <regex>

#include "app/config_load.h"

namespace candor::app {
namespace {

constexpr std::string_view kYaml =
    "components:\n"
    "  - id: web\n"
    "    name: Website\n"
    "    checks:\n"
    "      - { id: web-http, http: { url: \"http://10.1.2.3/health\", headers: { A: s3cret } } }\n"
    "      - { id: job, heartbeat: { every: 5m } }\n"
    "observer: { anchors: [\"tcp:192.0.2.9:53\"] }\n"
    "listen: { public: \"127.0.0.1:0\" }\n"
    "storage: { url: \"sqlite:/srv/private-folder\" }\n";

const ExpandSources kNothing = {[](const std::string&) { return std::nullopt; },
                                [](const std::string&, std::size_t) -> Result<std::string> {
                                    return fail(ErrorCode::kNotFound, "none");
                                }};

Config sealed(std::string text, std::string_view salt) {
    Config config = parse_config(text, "f", kNothing).value();
    seal_definitions(config, salt);
    return config;
}

TEST(Definition, depends_on_the_target_and_on_the_salt) {
    const std::string yaml(kYaml);
    const Config a = sealed(yaml, "salt");
    EXPECT_TRUE(std::regex_match(a.checks[0].rule.definition, std::regex("[0-9a-f]{32}")));
    EXPECT_EQ(sealed(yaml, "salt").checks[0].rule.definition, a.checks[0].rule.definition);
    EXPECT_NE(sealed(yaml, "other").checks[0].rule.definition, a.checks[0].rule.definition);
    std::string moved = yaml;
    moved.replace(moved.find("10.1.2.3"), 8, "10.1.2.4");
    EXPECT_NE(sealed(moved, "salt").checks[0].rule.definition, a.checks[0].rule.definition);
    EXPECT_EQ(sealed(moved, "salt").checks[1].rule.definition, a.checks[1].rule.definition);
    EXPECT_NE(sealed(moved, "salt").redacted, a.redacted);
}

TEST(Definition, reaches_the_topology) {
    const Config config = sealed(std::string(kYaml), "salt");
    EXPECT_EQ(config.topology.components[0].checks[1].definition, config.checks[1].rule.definition);
}

TEST(Definition, the_redacted_text_tells_no_target_address_folder_or_secret) {
    const Config config = sealed(std::string(kYaml), "salt");
    for (const char* hidden : {"10.1.2.3", "s3cret", "192.0.2.9", "127.0.0.1", "private-folder"}) {
        EXPECT_EQ(config.redacted.find(hidden), std::string::npos) << hidden;
    }
    EXPECT_NE(config.redacted.find("Website"), std::string::npos);
}

TEST(Definition, ping_addresses_are_stable_and_unlike) {
    const std::regex shape("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    const std::string a = derive_ping_uuid("secret", CheckId{"job"});
    EXPECT_TRUE(std::regex_match(a, shape)) << a;
    EXPECT_EQ(derive_ping_uuid("secret", CheckId{"job"}), a);
    EXPECT_NE(derive_ping_uuid("secret", CheckId{"job2"}), a);
    EXPECT_NE(derive_ping_uuid("secret2", CheckId{"job"}), a);
    EXPECT_EQ(derive_ping_key("secret").size(), 22U);
    Config config = sealed(std::string(kYaml), "salt");
    set_ping_uuids(config, "secret");
    EXPECT_EQ(std::get<HeartbeatTarget>(config.checks[1].target).ping_uuid, a);
}

TEST(Definition, a_person_on_call_has_a_key_that_tells_nothing_without_the_secret) {
    const auto key_of = [](const std::string& name, std::string_view secret) {
        Config config;
        config.on_call.rotations.resize(1);
        config.on_call.rotations[0].people = {{name, {"phone"}}};
        set_people_keys(config, secret);
        return config.on_call.rotations[0].people[0].key;
    };
    const std::string key = key_of("Ann", "secret");
    EXPECT_EQ(key.size(), 24U);
    EXPECT_EQ(key_of("Ann", "secret"), key);
    EXPECT_NE(key_of("Bea", "secret"), key);
    EXPECT_NE(key_of("Ann", "another"), key);
}

}  // namespace
}  // namespace candor::app
