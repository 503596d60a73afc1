// The real sender against real servers: one that works, and ones that hang, lie and flood.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>

#include "notify/sender_thread.h"
#include "tests/contract/temp_folder.h"
#include "tests/notify/smtp_sink.h"
#include "tests/probe/scripted_server.h"

namespace candor::test {
namespace {

using probe::testing::answers;
using probe::testing::ClosedPort;
using probe::testing::response;
using probe::testing::ScriptedServer;
using probe::testing::send_all;
using probe::testing::wait_for_close;

class SenderTest : public testing::Test {
   protected:
    SenderTest() : sender_(std::move(*notify::start_sender())) {}

    void start(std::uint64_t number, decltype(Outgoing::what) what,
               Duration timeout = seconds(20)) {
        sender_->send({number, std::move(what), timeout}, [this](SendResult result) {
            const std::lock_guard lock(mutex_);
            results_[result.number] = std::move(result);
            came_.notify_all();
        });
    }

    SendResult result(std::uint64_t number) {
        std::unique_lock lock(mutex_);
        const bool came = came_.wait_for(lock, std::chrono::seconds(30),
                                         [&] { return results_.contains(number); });
        EXPECT_TRUE(came) << "no result";
        return results_[number];
    }

    SendResult send(decltype(Outgoing::what) what, Duration timeout = seconds(20)) {
        const std::uint64_t number = ++last_;
        start(number, std::move(what), timeout);
        return result(number);
    }

    static outgoing::Http post(const ScriptedServer& server, Reach reach = Reach::kAnywhere) {
        return {.url = server.url("/hook"),
                .headers = {{"Content-Type", "application/json"}, {"webhook-id", "msg_1"}},
                .body = R"({"a":1})",
                .reach = reach};
    }

    static outgoing::Mail mail(const std::string& server, const std::string& to) {
        return {.server = server,
                .security = outgoing::MailSecurity::kWhenOffered,
                .user = {},
                .password = {},
                .from = "status@acme.example",
                .to = to,
                .bytes = "Subject: x\r\n\r\nline\r\n=2E\r\n"};
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::map<std::uint64_t, SendResult> results_;
    std::uint64_t last_ = 100;
    std::unique_ptr<Sender> sender_;  // ends before what its callbacks use
};

TEST_F(SenderTest, a_post_arrives_with_its_headers_and_body) {
    std::string seen;
    const ScriptedServer server([&](int fd) {
        seen = probe::testing::read_head(fd);
        char body[7];
        EXPECT_EQ(::read(fd, body, sizeof body), 7);
        seen.append(body, sizeof body);
        send_all(fd, response(204, ""));
    });
    EXPECT_EQ(send(post(server)).outcome, SendOutcome::kDelivered);
    EXPECT_TRUE(seen.starts_with("POST /hook HTTP/1.1\r\n"));
    EXPECT_NE(seen.find("\r\nContent-Type: application/json\r\n"), std::string::npos);
    EXPECT_NE(seen.find("\r\nwebhook-id: msg_1\r\n"), std::string::npos);
    EXPECT_TRUE(seen.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST_F(SenderTest, answers_mean_what_they_say) {
    const auto outcome_of = [&](int status, std::string_view fields = "") {
        const ScriptedServer server(answers(response(status, "no_service", fields)));
        return send(post(server));
    };
    EXPECT_EQ(outcome_of(200).outcome, SendOutcome::kDelivered);
    EXPECT_EQ(outcome_of(302, "Location: http://127.0.0.1:1/\r\n").outcome, SendOutcome::kLater);
    EXPECT_EQ(outcome_of(400).outcome, SendOutcome::kRefused);
    EXPECT_EQ(outcome_of(404).detail, "HTTP 404: no_service");
    EXPECT_EQ(outcome_of(410).outcome, SendOutcome::kGone);
    EXPECT_EQ(outcome_of(429).retry_after, seconds(60));
    EXPECT_EQ(outcome_of(503, "Retry-After: 17\r\n").retry_after, seconds(17));
}

TEST_F(SenderTest, a_redirect_is_not_followed) {
    const ScriptedServer inner(answers(response(200, "")));
    const ScriptedServer server(answers(response(307, "", "Location: " + inner.url("/") + "\r\n")));
    EXPECT_EQ(send(post(server)).outcome, SendOutcome::kLater);
    EXPECT_EQ(inner.connections(), 0);
}

TEST_F(SenderTest, a_strangers_target_never_leads_to_this_machine) {
    const ScriptedServer server(answers(response(200, "")));
    // A kept connection of an operator's own must not carry a stranger's delivery.
    ASSERT_EQ(send(post(server, Reach::kAnywhere)).outcome, SendOutcome::kDelivered);
    const int before = server.connections();
    const SendResult refused = send(post(server, Reach::kPublicOnly));
    EXPECT_EQ(refused.outcome, SendOutcome::kRefused);
    EXPECT_EQ(refused.detail, "the address is not one that webhooks may reach");
    auto by_name = post(server, Reach::kPublicOnly);
    by_name.url = "http://localhost:" + std::to_string(server.port()) + "/";
    EXPECT_EQ(send(by_name).outcome, SendOutcome::kRefused);
    by_name.url = "file:///etc/passwd";
    EXPECT_EQ(send(by_name).outcome, SendOutcome::kLater);
    EXPECT_EQ(server.connections(), before);
}

TEST_F(SenderTest, an_operator_may_open_a_range_to_strangers_targets) {
    const ScriptedServer server(answers(response(200, "")));
    ReachRules rules = reach_of_strangers();
    ASSERT_TRUE(rules.add("127.0.0.0/8"));
    sender_ = std::move(*notify::start_sender(rules));
    EXPECT_EQ(send(post(server, Reach::kPublicOnly)).outcome, SendOutcome::kDelivered);
    auto elsewhere = post(server, Reach::kPublicOnly);
    for (const char* host : {"169.254.169.254", "10.255.255.1", "[::1]", "0.0.0.0"}) {
        elsewhere.url = "http://" + std::string(host) + ":" + std::to_string(server.port()) + "/";
        EXPECT_EQ(send(elsewhere).outcome, SendOutcome::kRefused) << host;
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(SenderTest, an_answer_without_end_is_cut_off) {
    const ScriptedServer server([](int fd) {
        probe::testing::read_head(fd);
        send_all(fd, "HTTP/1.1 200 OK\r\n\r\n");
        while (send_all(fd, std::string(65'536, 'x'))) {
        }
    });
    const SendResult flooded = send(post(server));
    EXPECT_EQ(flooded.outcome, SendOutcome::kLater);
    EXPECT_EQ(flooded.detail, "the answer has no end");
}

TEST_F(SenderTest, a_server_that_hangs_costs_only_its_own_deliveries) {
    const ScriptedServer hangs(wait_for_close);
    const ScriptedServer works(answers(response(200, "")));
    for (std::uint64_t n = 1; n <= 40; ++n) start(n, post(hangs), seconds(3));
    EXPECT_EQ(send(post(works)).outcome, SendOutcome::kDelivered);
    {
        const std::lock_guard lock(mutex_);
        EXPECT_EQ(results_.size(), 1U) << "the hanging ones are still under way";
        EXPECT_LE(hangs.connections(), notify::kConnectionsPerHost);
    }
    for (std::uint64_t n = 1; n <= 40; ++n) EXPECT_EQ(result(n).outcome, SendOutcome::kLater);
}

TEST_F(SenderTest, too_many_at_once_are_sent_back) {
    const ScriptedServer hangs(wait_for_close);
    for (std::uint64_t n = 1; n <= kSendsUnderWayMax + 1; ++n) start(n, post(hangs), seconds(2));
    EXPECT_EQ(result(kSendsUnderWayMax + 1).detail, "too many are under way");
}

TEST_F(SenderTest, nobody_there_is_a_matter_of_time) {
    const ClosedPort closed;
    const SendResult refused =
        send(outgoing::Http{.url = "http://127.0.0.1:" + std::to_string(closed.port()) + "/",
                            .headers = {},
                            .body = {},
                            .reach = Reach::kAnywhere});
    EXPECT_EQ(refused.outcome, SendOutcome::kLater);
    EXPECT_NE(refused.detail.find("connect"), std::string::npos) << refused.detail;
}

TEST_F(SenderTest, a_mail_arrives_as_it_was_written) {
    SmtpSink sink;
    const SendResult sent = send(mail(sink.server(), "anna@b.example"));
    EXPECT_EQ(sent.outcome, SendOutcome::kDelivered) << sent.detail;
    const auto got = boost::json::parse(sink.next_mail());
    EXPECT_EQ(got.at("from").as_string(), "status@acme.example");
    EXPECT_EQ(got.at_pointer("/to/0").as_string(), "anna@b.example");
    EXPECT_EQ(got.at("bytes").as_string(), "Subject: x\r\n\r\nline\r\n=2E\r\n");
}

TEST_F(SenderTest, a_mail_server_refuses_a_person_for_good_and_everything_else_for_now) {
    SmtpSink sink;
    const SendResult refused = send(mail(sink.server(), "refuse@b.example"));
    EXPECT_EQ(refused.outcome, SendOutcome::kRefused);
    EXPECT_EQ(refused.detail, "550 5.1.1 no such person here");
    EXPECT_EQ(send(mail(sink.server(), "relay@b.example")).outcome, SendOutcome::kLater);
    EXPECT_EQ(send(mail(sink.server(), "later@b.example")).outcome, SendOutcome::kLater);
    auto tls = mail(sink.server(), "anna@b.example");
    tls.security = outgoing::MailSecurity::kRequired;
    EXPECT_EQ(send(tls).outcome, SendOutcome::kLater);
}

TEST_F(SenderTest, a_mail_server_that_hangs_lies_or_floods_costs_its_own_mail) {
    const ScriptedServer hangs(wait_for_close);
    const ScriptedServer lies([](int fd) { send_all(fd, "220 hello\r\n250 sure\r\n221 bye\r\n"); });
    const ScriptedServer floods([](int fd) {
        while (send_all(fd, "220-and so on\r\n")) {
        }
    });
    for (const ScriptedServer* bad : {&hangs, &lies, &floods}) {
        const SendResult result =
            send(mail("127.0.0.1:" + std::to_string(bad->port()), "anna@b.example"), seconds(2));
        EXPECT_EQ(result.outcome, SendOutcome::kLater) << result.detail;
    }
}

TEST_F(SenderTest, a_command_reads_its_input_and_answers_by_its_exit) {
    const TempFolder folder;
    const std::string file = folder.path() + "/out";
    const std::string input(200'000, 'x');
    EXPECT_EQ(send(outgoing::Command{{"sh", "-c", "cat > " + file}, input}).outcome,
              SendOutcome::kDelivered);
    EXPECT_EQ(TempFolder::file_bytes(file), input);
    EXPECT_EQ(send(outgoing::Command{{"sh", "-c", "exit 3"}, ""}).detail, "exit 3");
    EXPECT_EQ(send(outgoing::Command{{"/no/such/program"}, ""}).outcome, SendOutcome::kLater);
    const SendResult slow = send(outgoing::Command{{"sleep", "60"}, ""}, milliseconds(200));
    EXPECT_EQ(slow.detail, "still running after 200 ms: killed");
}

TEST_F(SenderTest, what_is_under_way_at_the_end_is_answered) {
    const ScriptedServer hangs(wait_for_close);
    start(1, post(hangs));
    start(2, outgoing::Command{{"sleep", "60"}, ""});
    sender_.reset();
    EXPECT_EQ(result(1).detail, "stopped");
    EXPECT_EQ(result(2).detail, "stopped");
}

}  // namespace
}  // namespace candor::test
