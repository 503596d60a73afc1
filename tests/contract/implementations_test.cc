// The implementations that the contract suites run on, and what only one of them can be asked.

#include <sqlite3.h>

#include "store/memory_deliveries.h"
#include "store/memory_journal.h"
#include "store/memory_outcomes.h"
#include "store/memory_series.h"
#include "store/sqlite_deliveries.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_outcomes.h"
#include "store/sqlite_series.h"
#include "tests/contract/deliveries_contract.h"
#include "tests/contract/journal_contract.h"
#include "tests/contract/outcomes_contract.h"
#include "tests/contract/series_contract.h"
#include "tests/contract/temp_folder.h"

namespace candor::test {
namespace {

store::LogLine into(const std::shared_ptr<std::vector<std::string>>& log) {
    return [log](std::string_view line) { log->emplace_back(line); };
}

JournalHarness memory_journal() {
    auto storage = std::make_shared<store::MemoryJournalStorage>();
    auto log = std::make_shared<std::vector<std::string>>();
    return {.open = [=] { return store::open_memory_journal(storage, into(log)); },
            .damage = [=](Position position) { storage->damage(position); },
            .all_bytes = [] { return std::string(); },
            .log = log};
}

void run_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
}

JournalHarness sqlite_journal() {
    auto folder = std::make_shared<TempFolder>();
    auto log = std::make_shared<std::vector<std::string>>();
    return {.open =
                [=] {
                    return store::open_sqlite_journal(
                        {.folder = folder->path(), .ballast_bytes = 4096, .log = into(log)});
                },
            .damage =
                [=](Position position) {
                    run_sql(folder->path() + "/journal.db",
                            "UPDATE batches SET chain = zeroblob(32) WHERE position = " +
                                std::to_string(position));
                },
            .all_bytes = [=] { return folder->all_bytes(); },
            .log = log};
}

SeriesHarness memory_series() {
    auto storage = std::make_shared<store::MemorySeriesStorage>();
    return {[=] { return store::open_memory_series(storage); }};
}

SeriesHarness sqlite_series() {
    auto folder = std::make_shared<TempFolder>();
    return {[=] { return store::open_sqlite_series({.folder = folder->path()}); }};
}

DeliveriesHarness memory_deliveries() {
    auto storage = std::make_shared<store::MemoryDeliveriesStorage>();
    return {[=] { return store::open_memory_deliveries(storage); }};
}

DeliveriesHarness sqlite_deliveries() {
    auto folder = std::make_shared<TempFolder>();
    return {[=] { return store::open_sqlite_deliveries({.folder = folder->path()}); }};
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Store, JournalContract,
                         testing::Values(JournalImplementation{"memory", memory_journal},
                                         JournalImplementation{"sqlite", sqlite_journal}),
                         kName);
INSTANTIATE_TEST_SUITE_P(Store, SeriesContract,
                         testing::Values(SeriesImplementation{"memory", memory_series},
                                         SeriesImplementation{"sqlite", sqlite_series}),
                         kName);
std::function<Result<std::unique_ptr<OutcomeStore>>()> memory_outcomes() {
    auto storage = std::make_shared<store::MemoryOutcomesStorage>();
    return [=]() -> Result<std::unique_ptr<OutcomeStore>> {
        return store::open_memory_outcomes(storage);
    };
}

std::function<Result<std::unique_ptr<OutcomeStore>>()> sqlite_outcomes() {
    auto folder = std::make_shared<TempFolder>();
    return [=] { return store::open_sqlite_outcomes({.folder = folder->path()}); };
}

INSTANTIATE_TEST_SUITE_P(Store, OutcomesContract,
                         testing::Values(OutcomesImplementation{"memory", memory_outcomes},
                                         OutcomesImplementation{"sqlite", sqlite_outcomes}),
                         [](const auto& one) { return one.param.name; });
INSTANTIATE_TEST_SUITE_P(Store, DeliveriesContract,
                         testing::Values(DeliveriesImplementation{"memory", memory_deliveries},
                                         DeliveriesImplementation{"sqlite", sqlite_deliveries}),
                         kName);

}  // namespace
}  // namespace candor::test
