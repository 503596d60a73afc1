// A whole Candor whose page takes subscribers, a real mail server behind it, and whoever talks to
// both over raw sockets.
//
// The links are signed with the instance's own key, so that a test can make a true one and forge
// others from it. The test's thread only.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/live_server.h"
#include "notify/subscribe_links.h"
#include "tests/contract/temp_folder.h"
#include "tests/http/talk.h"
#include "tests/notify/smtp_sink.h"

namespace candor::test {

inline constexpr const char* kPageUrl = "https://status.acme.example";

struct Asked {
    std::string method = "POST";
    std::string target = "/subscribe";
    std::string body = {};
    std::string headers = {};  // whole lines
    std::string type = "application/x-www-form-urlencoded";
};

class SubscribeWorld : public ::testing::Test {
   protected:
    SubscribeWorld();

    HttpAnswer ask(const Asked& what) const;
    HttpAnswer post(const std::string& target, const std::string& body,
                    const std::string& headers = "") const;
    HttpAnswer get(const std::string& target) const;
    // Status, headers and body, without what differs between any two answers: the date.
    static std::string bytes_of(const HttpAnswer& answer);

    // Subscribes for good, by the signed link.
    void subscribe(const std::string& mail);
    std::string confirm_word(const std::string& mail, Duration valid = hours(1)) const;
    std::string subscriber_word(const std::string& mail) const;

    // As the operator of the machine.
    std::string as_operator(const std::string& path) const;
    std::size_t subscribers() const;
    // Every message that was ever to be sent, whatever became of it.
    std::size_t messages() const;
    // Within a bound; what was answered is done a moment later.
    bool until_subscribers(std::size_t wanted) const;
    bool until_messages(std::size_t wanted) const;

    SmtpSink sink_;
    TempFolder folder_;
    std::unique_ptr<app::LiveServer> live_;
    std::unique_ptr<notify::SubscribeLinks> links_;
    std::string operator_token_;
};

}  // namespace candor::test
