// Every case of tests/http/corpus, whole and split at every byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/corpus_file.h"
#include "tests/http/request_gate.h"

namespace candor::test {
namespace {

TEST(HttpCorpus, has_at_least_eighty_cases) {
    EXPECT_GE(load_corpus().size(), 80U);
}

TEST(HttpCorpus, each_case_has_its_outcome) {
    for (const CorpusCase& one : load_corpus()) {
        RequestGate gate;
        gate.feed(one.bytes);
        EXPECT_EQ(gate.outcomes(), one.expect) << one.name << ": " << one.why;
    }
}

TEST(HttpCorpus, the_outcome_does_not_depend_on_one_split) {
    for (const CorpusCase& one : load_corpus()) {
        RequestGate whole;
        whole.feed(one.bytes);
        // Long cases are long by repetition: their edges are what matters.
        const std::size_t step = one.bytes.size() > 4000 ? 61 : 1;
        for (std::size_t at = 1; at < one.bytes.size(); at += step) {
            RequestGate split;
            split.feed(std::string_view(one.bytes).substr(0, at));
            split.feed(std::string_view(one.bytes).substr(at));
            ASSERT_EQ(split.outcomes(), whole.outcomes()) << one.name << " split at " << at;
            ASSERT_EQ(split.seen(), whole.seen()) << one.name << " split at " << at;
        }
    }
}

TEST(HttpCorpus, the_outcome_does_not_depend_on_single_bytes) {
    for (const CorpusCase& one : load_corpus()) {
        RequestGate whole;
        whole.feed(one.bytes);
        RequestGate drip;
        for (const char c : one.bytes) drip.feed({&c, 1});
        ASSERT_EQ(drip.outcomes(), whole.outcomes()) << one.name;
        ASSERT_EQ(drip.seen(), whole.seen()) << one.name;
    }
}

// The control: a gate that took bare LF for a line end would be found out.
TEST(HttpCorpus, a_lenient_gate_would_fail) {
    std::size_t caught = 0;
    for (CorpusCase one : load_corpus()) {
        if (!one.name.starts_with("bare-lf")) continue;
        std::string repaired;
        for (std::size_t i = 0; i < one.bytes.size(); ++i) {
            if (one.bytes[i] == '\n' && (i == 0 || one.bytes[i - 1] != '\r')) repaired += '\r';
            repaired += one.bytes[i];
        }
        RequestGate gate;
        gate.feed(repaired);
        caught += gate.outcomes() != one.expect ? 1 : 0;
    }
    EXPECT_GE(caught, 3U);
}

}  // namespace
}  // namespace candor::test
