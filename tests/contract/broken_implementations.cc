// The contract suites on implementations with one defect each. Every instance must fail: ctest runs
// them one by one and expects that (CMakeLists.txt).

#include "store/memory_journal.h"
#include "store/memory_series.h"
#include "tests/contract/broken_journal.h"
#include "tests/contract/broken_series.h"
#include "tests/contract/journal_contract.h"
#include "tests/contract/series_contract.h"

namespace candor::test {
namespace {

JournalImplementation broken(const std::string& name, Defect defect) {
    return {name, [defect] {
                auto storage = std::make_shared<store::MemoryJournalStorage>();
                auto log = std::make_shared<std::vector<std::string>>();
                const auto line = [log](std::string_view text) { log->emplace_back(text); };
                return JournalHarness{
                    .open = [=]() -> Result<std::unique_ptr<Journal>> {
                        auto sound = TRY(store::open_memory_journal(storage, line));
                        return std::make_unique<BrokenJournal>(std::move(sound), defect);
                    },
                    .damage = [=](Position position) { storage->damage(position); },
                    .all_bytes = [] { return std::string(); },
                    .log = log};
            }};
}

SeriesImplementation broken(const std::string& name, SeriesDefect defect) {
    return {name, [defect] {
                auto storage = std::make_shared<store::MemorySeriesStorage>();
                return SeriesHarness{[=]() -> Result<std::unique_ptr<Series>> {
                    auto sound = TRY(store::open_memory_series(storage));
                    return std::make_unique<BrokenSeries>(std::move(sound), defect);
                }};
            }};
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Broken, JournalContract,
    testing::Values(broken("loses_the_last_batch", Defect::kLosesTheLastOfAGroup),
                    broken("ignores_keys", Defect::kIgnoresKeys),
                    broken("changes_chains", Defect::kChangesChains),
                    broken("keeps_erased_texts", Defect::kKeepsErasedTexts),
                    broken("forgets_followers", Defect::kForgetsFollowers),
                    broken("returns_old_snapshots", Defect::kReturnsOldSnapshots)),
    kName);
INSTANTIATE_TEST_SUITE_P(
    Broken, SeriesContract,
    testing::Values(broken("counts_blind_time", SeriesDefect::kCountsBlindTime),
                    broken("loses_the_last_observation", SeriesDefect::kLosesTheLastOfAGroup),
                    broken("never_trims", SeriesDefect::kNeverTrims)),
    kName);

}  // namespace
}  // namespace candor::test
