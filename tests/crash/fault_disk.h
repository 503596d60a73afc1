// A disk in memory that forgets, fails and fills up at a chosen operation.
//
// Every write, truncate, sync and delete is one numbered operation. Directory entries are durable
// at once; file contents only after a sync. A failed sync forgets what it should have kept, as
// Linux file systems do. Not a file system: fault_vfs.h gives it to SQLite. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace candor::test {

enum class Fault : std::uint8_t {
    kNone,
    kPowerCut,   // that operation and all later ones fail, until restart()
    kIoError,    // that operation fails, once; a write is done by half
    kDiskGone,   // that operation and all later ones fail; what is visible stays visible
    kReadError,  // the n-th read fails, once
    kDiskFull,   // from that operation on writes are cut short while `still_full` says so
};

// What becomes of writes that were not synced when the power was cut, by sectors of 512 bytes.
enum class Survival : std::uint8_t { kNothing, kEverything, kSome, kSomeTorn };

enum class DiskAnswer : std::uint8_t { kDone, kFailed, kFull };

class FaultDisk final {
   public:
    static constexpr std::size_t kSectorBytes = 512;

    struct File {
        struct Change {
            bool is_truncate = false;
            std::size_t offset = 0;  // or the new size
            std::string bytes;
        };
        std::string bytes;    // as programs see it
        std::string durable;  // as it was at the last sync
        std::vector<Change> unsynced;
    };
    using Handle = std::shared_ptr<File>;

    // The fault strikes at the n-th operation from now, counted from 1.
    void arm(Fault fault, std::uint64_t n);
    void set_syncs_lie(bool lie) { syncs_lie_ = lie; }
    void set_still_full(std::function<bool()> still_full) { still_full_ = std::move(still_full); }
    bool struck() const { return struck_; }
    std::uint64_t operations() const { return operations_; }
    std::uint64_t reads() const { return reads_; }

    // Power comes back: files hold what was synced and whatever else `survival` leaves of the rest.
    void restart(Survival survival, std::uint32_t seed);

    Handle open(const std::string& name, bool create);
    bool exists(const std::string& name) const { return files_.contains(name); }
    DiskAnswer remove(const std::string& name);
    DiskAnswer write(File& file, std::size_t offset, std::string_view bytes);
    DiskAnswer truncate(File& file, std::size_t size);
    DiskAnswer sync(File& file);
    DiskAnswer read();

    std::string all_bytes() const;

   private:
    // What happens to the operation that begins now.
    DiskAnswer next_operation(bool is_write);
    static void apply(std::string& to, const File::Change& change);
    static std::string survivor(const File& file, Survival survival, std::mt19937& random);

    std::map<std::string, Handle> files_;
    Fault fault_ = Fault::kNone;
    std::uint64_t strikes_at_ = 0;
    std::uint64_t operations_ = 0;
    std::uint64_t reads_ = 0;
    bool struck_ = false;
    bool syncs_lie_ = false;
    std::function<bool()> still_full_ = [] { return true; };
};

}  // namespace candor::test
