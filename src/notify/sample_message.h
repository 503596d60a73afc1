// The message that the tests of this folder encode, and words that try to break out of it.
//
// For tests only.
#pragma once

#include <string>
#include <vector>

#include "notify/message.h"

namespace candor::notify {

inline Message sample_message() {
    Message m;
    m.kind = NewsKind::kOpened;
    m.position = 42;
    m.at = Timestamp{1'775'336'712'000};  // 2026-04-04T21:05:12Z
    m.page = {.id = "abcdefghijkl",
              .name = "Acme Cloud",
              .url = "https://status.acme.example",
              .time_zone = "America/Toronto",
              .indicator = Indicator::kMajor,
              .description = "Partial System Outage"};
    m.incident = {"inc000000001"};
    m.title = "Directory is down";
    m.impact = IncidentImpact::kMajor;
    m.worst = ComponentStatus::kMajorOutage;
    m.started = Timestamp{1'775'336'704'000};
    m.next_update_due = m.at + minutes(30);
    m.affected_words = "Number of customers not known";
    m.components = {{{"directory"}, "Directory", ComponentStatus::kMajorOutage},
                    {{"calls"}, "Calls", ComponentStatus::kDegradedPerformance}};
    m.text = "Since 21:05:04 UTC, Directory refuses connections.";
    m.incident_json = R"({"id":"inc000000001","name":"Directory is down"})";
    return m;
}

inline std::vector<std::string> hostile_words() {
    return {
        "Directory\r\nBcc: everybody@example.net",
        "Directory\nBcc: everybody@example.net\n\nA body of its own",
        "Directory\r\n.\r\nMAIL FROM:<x@example.net>",
        "\r\n.\r\n",
        ".",
        "From here on",
        "=?UTF-8?B?QmNjOiB4QGV4YW1wbGUubmV0?=",
        "--=_candor_000000000000000000000000--",
        "<script>alert(1)</script>",
        "</title><img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "\"><a href='javascript:alert(1)'>",
        "<!channel> <!here|all> <@U123> &amp; <https://evil.example|safe>",
        "@everyone @here <@&123>",
        "\",\"injected\":true,\"x\":\"",
        "\\\",\\u0000",
        std::string("nul\0byte", 8),
        "\xFF\xFE broken \xC3",
        "\xE2\x80\xAEright to left",
        "\x1B[31mred\x07",
        "Störung im Verzeichnis – ディレクトリ 🚨",
        std::string(5'000, 'x'),
        std::string(3'000, ' ') + "end",
        std::string(2'000, '<'),
        "ü" + std::string(998, 'y') + "ü",
        "tab\tand\x7F"
        "delete",
        "%0d%0aBcc: x",
        "${NAME} $(id) `id` ; rm",
    };
}

// A message with these words wherever words can stand.
inline Message hostile_message(const std::string& words) {
    Message m = sample_message();
    m.title = words;
    m.text = words;
    m.page.name = words;
    m.affected_words = words;
    m.components[0].name = words;
    return m;
}

}  // namespace candor::notify
