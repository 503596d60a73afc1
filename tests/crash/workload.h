// A fixed script of everything the stores do, and an oracle that knows what was acknowledged.
//
// Run it on a FaultDisk with a fault armed, restart the disk, then ask check() what is wrong. The
// script is a word of the letters below; contents follow from positions, so the oracle needs only
// the ends of what was tried and what was acknowledged. One thread.
//   a append 1   g append 5   c append 24 large ones   t append 1 with a sealed text
//   e erase the oldest text   s snapshot   f follower   m meta value   r reopen
//   o append 20 observations  u maintain the series    i append 1 of automatic intake
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ports/journal.h"
#include "ports/series.h"
#include "store/sqlite.h"
#include "tests/crash/fault_vfs.h"

namespace candor::test {

inline constexpr std::string_view kEveryKind = "oatgsfmoieuratgsoteuefarmgu";
inline constexpr std::string_view kLargeKind = "tocasceogcrtceusa";

struct WorkloadOptions {
    std::string folder;  // on a real disk: holds locks and the ballast only
    store::Synchronous synchronous = store::Synchronous::kFull;
    std::int64_t ballast_bytes = 0;
};

class Workload final {
   public:
    Workload(FaultVfs& vfs, WorkloadOptions options) : vfs_(vfs), options_(std::move(options)) {}

    // Runs the script until its end or the first failure that a process would die of. A full disk
    // is waited out as an operator would: machine entries go on at once, the rest after space came.
    void run(std::string_view script);
    // Lets go of the stores as a dead process does.
    void stop();
    // Reopens and compares with what was acknowledged; goes on appending if all is well.
    std::vector<std::string> check();

    void set_make_space(std::function<void()> make_space) { make_space_ = std::move(make_space); }
    // Expect that a store which failed refuses every later write.
    void expect_refusal_after_error() { refuses_after_error_ = true; }
    // Why the script ended early; empty when it did not.
    const std::string& ended_by() const { return ended_by_; }
    const std::vector<std::string>& log() const { return log_; }
    std::vector<std::string> complaints() const { return complaints_; }

   private:
    struct Text {
        std::string text;
        Position position = 0;
        bool erase_tried = false;
        bool erase_acknowledged = false;
    };
    struct End {
        std::uint64_t tried = 0;
        std::uint64_t acknowledged = 0;
    };

    Result<void> open();
    Result<void> step(char kind);
    Result<void> append(std::size_t count, std::size_t size, bool sealed, bool automatic = false);
    Result<void> erase_oldest();
    Result<void> put_snapshot();
    Result<void> set_follower();
    Result<void> set_meta();
    Result<void> append_observations();
    Result<void> wait_out_full_disk(char kind);

    void check_batches(Journal& journal);
    void check_texts(Journal& journal);
    void check_side_tables(Journal& journal);
    void check_series(Series& series);
    void expect(bool good, std::string complaint);

    FaultVfs& vfs_;
    WorkloadOptions options_;
    std::function<void()> make_space_ = [] {};
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<Series> series_;
    std::vector<std::string> log_;
    std::vector<std::string> complaints_;
    std::string ended_by_;
    bool refuses_after_error_ = false;
    End batches_;
    End snapshot_;
    End follower_;
    End meta_;
    End observations_;
    std::map<Position, std::size_t> sizes_;  // of batches, by position
    std::map<std::string, Text> texts_;      // by commitment
};

}  // namespace candor::test
