#include "notify/mail.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "notify/sample_message.h"

namespace candor::notify {
namespace {

MailOptions options() {
    return {.message_id = "0123456789abcdef",
            .from = "status@acme.example",
            .to = "reader@example.net",
            .date = sample_message().at,
            .manage_url = "https://status.acme.example/subscribe/manage?t=a",
            .unsubscribe_url = "https://status.acme.example/unsubscribe?t=a",
            .why = "You get this mail because you asked for it."};
}

std::vector<std::string> lines_of(const std::string& mail) {
    std::vector<std::string> out;
    std::size_t start = 0;
    while (start < mail.size()) {
        const std::size_t end = mail.find("\r\n", start);
        EXPECT_NE(end, std::string::npos) << "a line without CRLF";
        if (end == std::string::npos) break;
        out.push_back(mail.substr(start, end - start));
        start = end + 2;
    }
    return out;
}

// Names of the header fields in front of the first empty line.
std::multiset<std::string> header_names(const std::vector<std::string>& lines) {
    std::multiset<std::string> out;
    for (const std::string& line : lines) {
        if (line.empty()) break;
        if (line[0] != ' ') out.insert(line.substr(0, line.find(':')));
    }
    return out;
}

// The plain or the HTML part, decoded.
std::string part_of(const std::string& mail, const std::string& type) {
    const std::size_t at = mail.find("Content-Type: " + type);
    const std::size_t start = mail.find("\r\n\r\n", at) + 4;
    const std::string body = mail.substr(start, mail.find("\r\n--=_candor_", start) - start);
    std::string out;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '=') {
            out += body[i];
        } else if (body.substr(i, 3) == "=\r\n") {
            i += 2;
        } else {
            out += static_cast<char>(std::stoi(body.substr(i + 1, 2), nullptr, 16));
            i += 2;
        }
    }
    return out;
}

TEST(Mail, says_what_happened_and_how_to_stop) {
    const std::string mail = mail_of(sample_message(), options());
    EXPECT_TRUE(
        mail.starts_with("From: \"Acme Cloud status\" <status@acme.example>\r\n"
                         "To: <reader@example.net>\r\n"
                         "Subject: [Acme Cloud] Directory is down\r\n"
                         "Date: Sat, 04 Apr 2026 21:05:12 +0000\r\n"
                         "Message-ID: <0123456789abcdef@acme.example>\r\n"
                         "In-Reply-To: <incident-inc000000001@acme.example>\r\n"
                         "References: <incident-inc000000001@acme.example>\r\n"
                         "Auto-Submitted: auto-generated\r\n"
                         "List-Id: <status.acme.example>\r\n"
                         "List-Unsubscribe:\r\n"
                         " <https://status.acme.example/unsubscribe?t=a>\r\n"
                         "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
                         "MIME-Version: 1.0\r\n"))
        << mail;
    EXPECT_EQ(part_of(mail, "text/plain"),
              "Directory is down\r\n\r\n"
              "Since 21:05:04 UTC, Directory refuses connections.\r\n\r\n"
              "- Directory: major outage\r\n"
              "- Calls: degraded performance\r\n\r\n"
              "Since 17:05 EDT (21:05 UTC).\r\n"
              "Next update by 17:35 EDT (21:35 UTC), at the latest.\r\n"
              "Number of customers not known.\r\n\r\n"
              "https://status.acme.example/incidents/inc000000001\r\n\r\n"
              "-- \r\n"
              "You get this mail because you asked for it.\r\n"
              "Change what you get: https://status.acme.example/subscribe/manage?t=a\r\n"
              "Stop these mails: https://status.acme.example/unsubscribe?t=a");
}

TEST(Mail, an_address_of_the_configuration_gets_no_list_headers) {
    MailOptions o = options();
    o.manage_url.clear();
    o.unsubscribe_url.clear();
    const std::string mail = mail_of(sample_message(), o);
    EXPECT_EQ(mail.find("List-"), std::string::npos);
    EXPECT_EQ(mail.find("Stop these mails"), std::string::npos);
}

TEST(Mail, no_words_break_out_of_it) {
    const auto expected = header_names(lines_of(mail_of(sample_message(), options())));
    for (const std::string& words : hostile_words()) {
        for (const Origin origin : {Origin::kMachine, Origin::kHuman}) {
            Message m = hostile_message(words);
            m.text_origin = origin;
            const std::string mail = mail_of(m, options());
            const std::vector<std::string> lines = lines_of(mail);
            EXPECT_EQ(header_names(lines), expected) << words;
            for (const std::string& line : lines) {
                EXPECT_LE(line.size(), 998U) << words;
                EXPECT_FALSE(line.starts_with(".") || line.starts_with("From ")) << words;
                for (const char c : line) EXPECT_TRUE(c >= 0x20 && c < 0x7F) << words;
            }
            EXPECT_EQ(
                std::ranges::count_if(
                    lines, [](const std::string& line) { return line.starts_with("--=_candor_"); }),
                3)
                << words;
            const std::string html = part_of(mail, "text/html");
            EXPECT_EQ(html.find("<script"), std::string::npos) << words;
            EXPECT_EQ(html.find("<img"), std::string::npos) << words;
            EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << words;
        }
    }
}

TEST(Mail, the_confirmation_names_the_choice_and_asks_nothing_of_others) {
    MailOptions o = options();
    o.manage_url.clear();
    o.unsubscribe_url.clear();
    const std::string mail =
        confirmation_mail_of({.page_name = "Acme Cloud",
                              .confirm_url = "https://status.acme.example/c?t=x",
                              .choice = "Directory",
                              .expires = "17:05 EDT (21:05 UTC)"},
                             o);
    EXPECT_EQ(part_of(mail, "text/plain"),
              "Somebody, probably you, asked to get a mail at this address when Acme Cloud has "
              "trouble (Directory).\r\n\r\n"
              "Yes, send me these mails:\r\nhttps://status.acme.example/c?t=x\r\n\r\n"
              "If it was not you, do nothing: no mail will come. The link works until 17:05 EDT "
              "(21:05 UTC).");
}

TEST(Mail, an_address_is_plain_ascii_without_tricks) {
    for (const char* good : {"a@b", "reader+news@mail.example.net", "o'neil@example.ie"}) {
        EXPECT_TRUE(is_mail_address(good)) << good;
    }
    for (const char* bad :
         {"", "@", "a@", "@b", "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d", "a@b@c", "\"a\"@b",
          "-f@b", "a..b@c", ".a@b", "a@-b", "a@b..c", "ü@b", "a@[127.0.0.1]", "a@b>"}) {
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    }
    EXPECT_FALSE(is_mail_address("a@" + std::string(kMailAddressBytesMax, 'b')));
}

}  // namespace
}  // namespace candor::notify
