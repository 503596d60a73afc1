#include "tests/crash/oracle.h"

#include <utility>

namespace candor::crash {
namespace {

constexpr Timestamp kBegin{1'767'225'600'000};

std::string key_of(std::uint64_t number) {
    return "key-" + std::to_string(number);
}

std::string said(const Error& error) {
    return "reading failed: " + error.message;
}

// What came with a batch: its key finds it, and its text is there.
std::string examine_company(Journal& journal, std::uint64_t number) {
    const auto by_key = journal.find_by_key(key_of(number));
    if (!by_key) return said(by_key.error());
    if (!*by_key || (*by_key)->position != number) {
        return "batch " + std::to_string(number) + " is not found by its key";
    }
    const auto text = journal.sealed_text(numbered_batch(number).sealed.front().commitment);
    return text ? "" : said(text.error());
}

// Those of the appends around the end; and no key beyond it.
std::string examine_newest(Journal& journal, std::uint64_t last) {
    constexpr std::uint64_t kLookedAt = 16;
    const std::uint64_t first = last > kLookedAt ? last - kLookedAt : 0;
    for (std::uint64_t number = first + 1; number <= last; ++number) {
        if (auto wrong = examine_company(journal, number); !wrong.empty()) return wrong;
    }
    const auto beyond = journal.find_by_key(key_of(last + 1));
    if (!beyond) return said(beyond.error());
    return *beyond ? "a key without its batch" : "";
}

std::string examine_journal(Journal& journal, Found& found) {
    const auto check = [&found](const JournalRecord& record) -> Result<void> {
        ++found.batches;
        const AppendRequest wanted = numbered_batch(found.batches);
        if (record.position == found.batches && record.bytes == wanted.bytes &&
            record.at == wanted.at) {
            return {};
        }
        return fail(ErrorCode::kInternal, "position " + std::to_string(record.position) +
                                              " does not hold batch " +
                                              std::to_string(found.batches));
    };
    constexpr std::size_t kAll = 1'000'000;
    if (const auto read = journal.read(0, kAll, check); !read) return said(read.error());
    return examine_newest(journal, found.batches);
}

std::string examine_series(Series& series, Found& found) {
    const auto all = series.observations_after(CheckId{"check"}, 0, kObservationsPerReadMax);
    if (!all) return said(all.error());
    for (const Observation& observation : *all) {
        if (observation != numbered_observation(++found.observations)) {
            return "observation " + std::to_string(found.observations) + " is not as written";
        }
    }
    return "";
}

std::string compare(const char* what, std::uint64_t found, std::uint64_t acknowledged) {
    if (found < acknowledged) {
        return std::string(what) + ": " + std::to_string(acknowledged) + " acknowledged, only " +
               std::to_string(found) + " found";
    }
    if (found != acknowledged && found != acknowledged + group_after(acknowledged)) {
        return std::string(what) + ": " + std::to_string(found - acknowledged) +
               " more than acknowledged, which is not the one append that was under way";
    }
    return "";
}

}  // namespace

std::uint64_t group_after(std::uint64_t last) {
    return (last * 2'654'435'761 >> 16) % 6 + 1;
}

AppendRequest numbered_batch(std::uint64_t number) {
    const std::string name = "batch " + std::to_string(number);
    AppendRequest request;
    request.at = kBegin + milliseconds(static_cast<std::int64_t>(number));
    // From a few bytes to a few pages of the database.
    request.bytes = name + std::string(number * 977 % 9'000, static_cast<char>('a' + number % 26));
    request.idempotency_key = key_of(number);
    const std::string salt(32, static_cast<char>(number % 256));
    request.sealed.push_back({seal_commitment(salt, name), salt, name});
    return request;
}

Observation numbered_observation(std::uint64_t number) {
    Observation observation;
    observation.check = CheckId{"check"};
    observation.number = number;
    observation.at = kBegin + seconds(static_cast<std::int64_t>(number));
    observation.result = number % 3 == 0 ? ObservationResult::kFail : ObservationResult::kPass;
    observation.timing.total_us = static_cast<std::int64_t>(number % 1'000);
    return observation;
}

Found examine(Journal& journal, Series& series, const Acknowledged& acknowledged) {
    Found found;
    found.wrong = examine_journal(journal, found);
    if (found.wrong.empty()) found.wrong = examine_series(series, found);
    if (found.wrong.empty()) found.wrong = compare("batches", found.batches, acknowledged.batches);
    if (found.wrong.empty()) {
        found.wrong = compare("observations", found.observations, acknowledged.observations);
    }
    return found;
}

}  // namespace candor::crash
