// A FaultDisk as a SQLite VFS, with shared memory and locks between the connections of one process.
//
// Registered under its name while it lives; not the default. One thread. It claims what the
// system's own VFS claims (powersafe overwrite), so that SQLite takes the same paths.
#pragma once

#include <sqlite3.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/crash/fault_disk.h"

namespace candor::test {

class FaultVfs final {
   public:
    FaultVfs(std::string name, FaultDisk& disk);
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    ~FaultVfs();

    const std::string& name() const { return name_; }

    // The shared memory of one database; gone with its last connection.
    struct SharedMemory {
        std::vector<std::unique_ptr<std::vector<char>>> regions;
        std::array<int, SQLITE_SHM_NLOCK> holders{};  // -1: exclusive
    };
    FaultDisk& disk() { return disk_; }
    std::shared_ptr<SharedMemory> shared_memory(const std::string& database);

   private:
    std::string name_;
    FaultDisk& disk_;
    std::map<std::string, std::weak_ptr<SharedMemory>> shared_;
    sqlite3_vfs vfs_{};
};

}  // namespace candor::test
