// A SQLite VFS over the system's that can cut the power, fail an operation, fill the disk, and lie.
//
// Writes go to the real files at once, as a kernel's cache would show them; what an fsync has not
// confirmed is remembered, so that restore_after_cut() can leave of it what a disk might have kept:
// any subset of 512-byte sectors. One per process; one thread.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace candor::crash {

enum class Fault : std::uint8_t {
    kNone,
    kCut,      // this operation and all after it fail: the machine is gone
    kIoError,  // this operation fails, once
    kFull,     // this and every later write finds the disk full, until disarm()
};

class PowerVfs final {
   public:
    static constexpr const char* kName = "candor-power";

    PowerVfs();
    ~PowerVfs();
    PowerVfs(const PowerVfs&) = delete;
    PowerVfs& operator=(const PowerVfs&) = delete;

    // Counting starts anew; the operation with this number (from 1) meets the fault.
    void arm(Fault fault, std::uint64_t at_operation);
    void disarm() { fault_ = Fault::kNone; }
    // Writes, truncations, syncs and deletions since arm().
    std::uint64_t operations() const { return operations_; }
    // Every sync says yes and does nothing.
    void lie_about_sync(bool lie) { lies_ = lie; }

    // Rewrites the files as the cut may have left them. No connection may be open.
    void restore_after_cut(std::uint64_t seed);
    // The files are somebody else's from here on.
    void forget() { files_.clear(); }

   private:
    friend struct PowerCalls;

    struct Change {
        std::int64_t offset = 0;
        std::string bytes;
        bool truncates = false;  // to `offset`
    };
    struct File {
        std::string synced;  // what is certainly on the disk
        std::vector<Change> unsynced;
    };

    // SQLITE_OK, or what the armed fault makes of this operation.
    int meet_fault(bool is_write);
    static void apply(std::string& content, const Change& change);
    static std::string after_cut(const File& file, std::uint64_t seed);

    sqlite3_vfs vfs_{};
    sqlite3_vfs* real_;
    std::map<std::string, File> files_;
    Fault fault_ = Fault::kNone;
    std::uint64_t fault_at_ = 0;
    std::uint64_t operations_ = 0;
    bool lies_ = false;
};

}  // namespace candor::crash
