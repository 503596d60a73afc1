// Lines of outcomes: whatever comes, each line is read or named, and what is read is within bounds.

#include <string>

#include "base/check.h"
#include "impact/outcome_book.h"
#include "intake/outcome_lines.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using namespace candor;

void check_outcome(const Outcome& outcome) {
    CHECK(outcome.at.ms >= 0 && outcome.at <= kLastTimestamp);
    CHECK(!outcome.stream.empty() && outcome.stream.size() <= kStreamNameBytesMax);
    CHECK(!outcome.customer.empty() && outcome.customer.size() <= kCustomerNameBytesMax);
    CHECK(outcome.id.size() <= kOutcomeIdBytesMax);
    CHECK(outcome.attributes.size() <= kAttributesPerOutcomeMax);
    for (const OutcomeAttribute& one : outcome.attributes) {
        CHECK(!one.name.empty() && one.name.size() <= kAttributeNameBytesMax);
        CHECK(!one.value.empty() && one.value.size() <= kAttributeValueBytesMax);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr Timestamp kNow{1'775'350'800'000};
    intake::OutcomeLines lines;
    impact::OutcomeBook book(1);
    lines.open(std::string(fuzz::Input(data, size).rest()));
    std::uint64_t counted = 0;
    std::uint64_t line = 0;
    while (true) {
        const intake::LineRead read = lines.next();
        if (read == intake::LineRead::kEnd) break;
        CHECK(lines.line() > line);
        line = lines.line();
        if (read == intake::LineRead::kBad) {
            CHECK(!lines.problem().empty());
            continue;
        }
        check_outcome(lines.outcome());
        if (book.full()) break;
        if (impact::problem_of(book.count(lines.outcome(), kNow)).empty()) ++counted;
    }
    std::uint64_t kept = 0;
    for (const impact::Part& part : book.take()) {
        kept += part.record.total.attempts;
        CHECK(impact::decode_minute(impact::encode_minute(part.record)) == part.record);
    }
    CHECK(kept == counted);
    return 0;
}
