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
        const std::size_t step = one.bytes.size() > 4000 ? 61 + one.bytes.size() / 500 : 1;
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

// --- controls: a gate that were lenient in one way would be found out by the corpus --------------

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string without_line(std::string text, const std::string& start) {
    const std::size_t at = text.find("\r\n" + start);
    if (at != std::string::npos) text.erase(at, text.find("\r\n", at + 2) - at);
    return text;
}

std::string ending_lines_properly(const std::string& text) {
    std::string repaired;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) repaired += '\r';
        repaired += text[i];
    }
    return repaired;
}

struct Leniency {
    const char* what;
    std::string (*repair)(std::string);
};
const Leniency kLeniencies[] = {
    {"takes bare LF", [](std::string t) { return ending_lines_properly(t); }},
    {"drops bare CR", [](std::string t) { return replaced(std::move(t), "\r\r\n", "\r\n"); }},
    {"unfolds lines", [](std::string t) { return replaced(std::move(t), "\r\n ", " "); }},
    {"unfolds lines at tabs", [](std::string t) { return replaced(std::move(t), "\r\n\t", " "); }},
    {"trims names", [](std::string t) { return replaced(std::move(t), " :", ":"); }},
    {"takes the last length", [](std::string t) { return without_line(t, "Content-Length"); }},
    {"prefers chunks",
     [](std::string t) {
         return t.find("chunked\r\n") == std::string::npos ? t : without_line(t, "Content-Length");
     }},
    {"takes signed lengths", [](std::string t) { return replaced(std::move(t), ": +", ": "); }},
    {"takes a second host", [](std::string t) { return without_line(t, "Host"); }},
    {"needs no host",
     [](std::string t) {
         return replaced(std::move(t), "HTTP/1.1\r\n\r\n", "HTTP/1.1\r\nHost: a\r\n\r\n");
     }},
    {"merges slashes", [](std::string t) { return replaced(std::move(t), "//", "/"); }},
    {"decodes slashes", [](std::string t) { return replaced(std::move(t), "%2f", "/"); }},
    {"ignores trailers", [](std::string t) { return without_line(t, "X: y"); }},
    {"drops NUL", [](std::string t) { return replaced(std::move(t), std::string(1, '\0'), ""); }},
};

TEST(HttpCorpus, every_leniency_would_be_found_out) {
    const std::vector<CorpusCase> corpus = load_corpus();
    for (const Leniency& leniency : kLeniencies) {
        std::size_t found = 0;
        for (const CorpusCase& one : corpus) {
            if (one.bytes.size() > 100'000) continue;
            RequestGate gate;
            gate.feed(leniency.repair(one.bytes));
            found += gate.outcomes() != one.expect ? 1 : 0;
        }
        EXPECT_GE(found, 1U) << "a gate that " << leniency.what << " passes the corpus";
    }
}

}  // namespace
}  // namespace candor::test
