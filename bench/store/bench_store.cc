// Appends to the journal (groups of 1, 16, 256) and to the series (2,000 observations at once)
// beside a bare SQLite loop that stores the same rows under the same settings, and the reopening.
//
// Both sides run in turns on the same disk, so that the ratio means something when it is slow.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "store/sqlite_journal.h"
#include "store/sqlite_series.h"

namespace candor {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kBatchBytes = 400;
constexpr std::size_t kObservations = 2'000;

double seconds_of(const std::function<bool()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    if (!work()) {
        std::fprintf(stderr, "bench_store: a write failed\n");
        std::exit(1);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The bare loop: one table, one prepared statement, one transaction a group.
class BareSqlite final {
   public:
    explicit BareSqlite(const std::string& path) {
        sqlite3_open(path.c_str(), &database_);
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=FULL");
        run("CREATE TABLE rows (n INTEGER PRIMARY KEY, at INTEGER, bytes BLOB, chain BLOB)");
        sqlite3_prepare_v2(database_, "INSERT INTO rows VALUES (?, ?, ?, ?)", -1, &insert_,
                           nullptr);
    }
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;
    ~BareSqlite() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    bool append(std::size_t rows, const std::string& bytes) {
        const std::string chain(32, 'c');
        bool good = run("BEGIN IMMEDIATE");
        for (std::size_t i = 0; good && i < rows; ++i) {
            sqlite3_bind_int64(insert_, 1, ++last_);
            sqlite3_bind_int64(insert_, 2, last_);
            sqlite3_bind_blob64(insert_, 3, bytes.data(), bytes.size(), SQLITE_STATIC);
            sqlite3_bind_blob64(insert_, 4, chain.data(), chain.size(), SQLITE_STATIC);
            good = sqlite3_step(insert_) == SQLITE_DONE;
            sqlite3_reset(insert_);
        }
        return good && run("COMMIT");
    }

   private:
    bool run(const char* sql) {
        return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_int64 last_ = 0;
};

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

// Runs both in turns and prints rows per second of each with the median ratio.
void beside(const char* what, std::size_t rows, const std::function<bool()>& ours,
            const std::function<bool()>& bare) {
    std::vector<double> our_rates;
    std::vector<double> bare_rates;
    std::vector<double> ratios;
    const auto total = static_cast<double>(rows);
    for (int round = 0; round < kRounds; ++round) {
        our_rates.push_back(total / seconds_of(ours));
        bare_rates.push_back(total / seconds_of(bare));
        ratios.push_back(our_rates.back() / bare_rates.back());
    }
    std::printf("%-32s candor %9.0f rows/s, bare SQLite %9.0f rows/s, ratio %.2f\n", what,
                median(our_rates), median(bare_rates), median(ratios));
}

void bench_journal(const std::string& folder, BareSqlite& bare) {
    auto journal = store::open_sqlite_journal({.folder = folder, .ballast_bytes = 0});
    if (!journal) std::exit(1);
    std::int64_t at = 0;
    for (const std::size_t group : {std::size_t{1}, std::size_t{16}, std::size_t{256}}) {
        const std::size_t appends = group == 256 ? 8 : 64;
        const auto ours = [&] {
            for (std::size_t i = 0; i < appends; ++i) {
                const std::vector<AppendRequest> requests(
                    group, {Timestamp{++at}, std::string(kBatchBytes, 'b'), "", {}, true});
                if (!(*journal)->append(requests)) return false;
            }
            return true;
        };
        const auto theirs = [&] {
            for (std::size_t i = 0; i < appends; ++i) {
                if (!bare.append(group, std::string(kBatchBytes, 'b'))) return false;
            }
            return true;
        };
        const std::string what = "journal, groups of " + std::to_string(group);
        beside(what.c_str(), group * appends, ours, theirs);
    }
}

void bench_series(const std::string& folder, BareSqlite& bare) {
    auto series = store::open_sqlite_series({.folder = folder});
    if (!series) std::exit(1);
    std::uint64_t number = 0;
    const auto ours = [&] {
        std::vector<Observation> group(kObservations);
        for (Observation& o : group) {
            o.number = ++number;
            o.check.value = "check-" + std::to_string(number % kObservations);
            o.at = Timestamp{static_cast<std::int64_t>(number)};
            o.timing.total_us = 1'200;
        }
        return (*series)->append(group).has_value();
    };
    beside("series, 2,000 observations", kObservations, ours,
           [&] { return bare.append(kObservations, std::string(40, 'o')); });
}

void bench_reopen(const std::string& folder) {
    constexpr std::size_t kWanted = 1'000'000;
    {
        auto journal = store::open_sqlite_journal({.folder = folder, .ballast_bytes = 0});
        if (!journal) std::exit(1);
        const std::vector<AppendRequest> group(4'000,
                                               {Timestamp{1}, std::string(100, 'b'), "", {}, true});
        for (std::size_t i = 0; i < kWanted / group.size(); ++i) {
            if (!(*journal)->append(group)) std::exit(1);
        }
    }
    std::vector<double> taken;
    for (int round = 0; round < kRounds; ++round) {
        taken.push_back(seconds_of([&] {
            auto journal = store::open_sqlite_journal({.folder = folder, .ballast_bytes = 0});
            return journal && (*journal)->head()->position == kWanted;
        }));
    }
    std::printf("reopening a journal of 1,000,000 batches: %.0f ms\n", median(taken) * 1'000);
}

int run() {
    const std::string folder = std::filesystem::temp_directory_path() / "candor-bench-store";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    {
        BareSqlite bare(folder + "/bare.db");
        bench_journal(folder + "/stores", bare);
        bench_series(folder + "/stores", bare);
        bench_reopen(folder + "/million");
    }
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace candor

int main() {
    return candor::run();
}
