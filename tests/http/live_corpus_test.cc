// Every case of tests/http/corpus against the running server, with neighbours that must not notice.
#include <gtest/gtest.h>

#include "tests/http/lax_server.h"
#include "tests/http/live_corpus.h"
#include "tests/http/live_web.h"

namespace candor::test {
namespace {

class LiveCorpus : public LiveWeb {};

TEST_F(LiveCorpus, each_case_is_answered_as_it_must_be) {
    for (const CorpusCase& one : load_corpus()) {
        EXPECT_EQ(run_live(port(), one, Pace::kWhole), "") << one.name << ": " << one.why;
    }
}

TEST_F(LiveCorpus, single_bytes_make_no_difference) {
    for (const CorpusCase& one : load_corpus()) {
        if (one.bytes.size() > 2000) continue;
        EXPECT_EQ(run_live(port(), one, Pace::kSingleBytes), "") << one.name << ": " << one.why;
    }
}

TEST_F(LiveCorpus, each_refusal_is_counted_by_its_reason) {
    EXPECT_EQ(metric("candor_http_rejected_total{reason=\"length_and_encoding\"}"), 0);
    Talk talk(port());
    talk.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(talk.answer().status, 400);
    EXPECT_EQ(metric("candor_http_rejected_total{reason=\"length_and_encoding\"}"), 1);
}

// What follows a refused request is never taken for a request: that is how smuggling works.
TEST_F(LiveCorpus, bytes_behind_a_refusal_are_not_a_request) {
    Talk talk(port());
    talk.send(
        "POST /ping/nightly HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /ping/nightly HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(talk.answer().status, 400);
    EXPECT_TRUE(talk.ends());
    EXPECT_TRUE(operator_.pings().empty());
}

// The control: the same cases must find out a server that reads leniently.
TEST(LiveCorpusControl, a_lax_server_fails) {
    const LaxServer lax;
    std::size_t cases = 0;
    std::size_t found = 0;
    for (const CorpusCase& one : load_corpus()) {
        // Cases whose head never ends only wait for the lax server's own time-out.
        if (one.expect.back() != "400" || one.bytes.find("\n") == std::string::npos) continue;
        ++cases;
        found += run_live(lax.port(), one, Pace::kWhole).empty() ? 0 : 1;
    }
    EXPECT_GE(cases, 100U);
    EXPECT_EQ(found, cases) << "a case that a lax server passes tests nothing";
}

}  // namespace
}  // namespace candor::test
